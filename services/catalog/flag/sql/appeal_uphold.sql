-- The reasons of the handler, for both sides.
UPDATE catalog.appeal SET verdict = :verdict, decided_by = :call_account::uuid
 WHERE id = :call_target::uuid
RETURNING id
