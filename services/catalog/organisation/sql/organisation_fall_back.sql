-- Nobody confirmed a suspension: it is as if it had not been.
UPDATE catalog.organisation
   SET criterion = NULL, suspended_by = NULL, due_at = due_before
 WHERE id = :call_target::uuid
RETURNING id
