-- The evidence has to be looked at again, within a term.
UPDATE catalog.organisation
   SET due_at = :call_now::timestamptz + catalog.term_of ('recheck_answer', :call_now::timestamptz)
 WHERE id = :call_target::uuid
RETURNING id
