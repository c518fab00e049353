-- Who approved it.
UPDATE pipeline.need SET approved_by = :call_account::uuid
WHERE id = :call_target::uuid
RETURNING id
