-- It was told of this end.
UPDATE catalog.organisation SET reminded_for = due_at WHERE id = :call_target::uuid
RETURNING id
