-- A second moderator agrees: the suspension no longer ends by itself.
UPDATE catalog.organisation SET suspension_confirmed_by = :call_account::uuid, due_at = NULL
 WHERE id = :call_target::uuid
RETURNING id
