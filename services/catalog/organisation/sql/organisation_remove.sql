-- A suspended organisation is removed; it may appeal until the term is over.
UPDATE catalog.organisation
   SET criterion = :criterion, decision = :reason, decided_at = :call_now::timestamptz,
       due_at = :call_now::timestamptz + catalog.term_of ('objection', :call_now::timestamptz)
 WHERE id = :call_target::uuid
RETURNING id
