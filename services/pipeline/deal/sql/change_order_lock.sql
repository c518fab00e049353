-- Its steps change the agreement's lines, so they wait for the agreement.
SELECT a.id
FROM pipeline.change_order c JOIN pipeline.agreement a ON a.id = c.agreement_id
WHERE c.id = :call_target::uuid FOR NO KEY UPDATE OF a
