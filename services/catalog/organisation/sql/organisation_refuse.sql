-- Keeps by which criterion an organisation was refused, and why; it may object until the term is over.
WITH turn AS (
    INSERT INTO catalog.review (organisation_id, account_id, turn, reviewed_at)
    SELECT :call_target::uuid, :call_account::uuid, count (*) + 1, :call_now::timestamptz
      FROM catalog.review WHERE organisation_id = :call_target::uuid AND account_id = :call_account::uuid
)
UPDATE catalog.organisation
   SET criterion = :criterion, decision = :reason, decided_at = :call_now::timestamptz,
       due_at = :call_now::timestamptz + catalog.term_of ('objection', :call_now::timestamptz)
 WHERE id = :call_target::uuid
RETURNING id
