-- An organisation takes no part from now; without a second moderator it is over when the term is.
UPDATE catalog.organisation
   SET criterion = :criterion, decision = :reason, decided_at = :call_now::timestamptz,
       suspended_by = :call_account::uuid, suspended_from = state, suspension_confirmed_by = NULL, due_before = due_at,
       due_at = :call_now::timestamptz + catalog.term_of ('suspension_confirmed', :call_now::timestamptz)
 WHERE id = :call_target::uuid
RETURNING id
