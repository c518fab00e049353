-- Waits for a moderator: nothing happens by itself.
UPDATE catalog.organisation SET due_at = NULL WHERE id = :call_target::uuid
RETURNING id
