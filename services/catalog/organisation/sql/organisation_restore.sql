-- A suspension is over.
UPDATE catalog.organisation
   SET criterion = NULL, decision = :reason, decided_at = :call_now::timestamptz, suspended_by = NULL,
       suspension_confirmed_by = NULL, due_at = due_before
 WHERE id = :call_target::uuid
RETURNING id
