-- A re-check was not done in time; it may be asked for again until the term is over.
UPDATE catalog.organisation
   SET due_at = :call_now::timestamptz + catalog.term_of ('objection', :call_now::timestamptz)
 WHERE id = :call_target::uuid
RETURNING id
