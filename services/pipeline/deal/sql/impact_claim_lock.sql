-- The order first, as far as the caller sees it, for the ledger; then the claim, which its handler sees.
WITH the_order AS (
    SELECT o.id FROM pipeline.impact_claim c JOIN pipeline.purchase_order o ON o.id = c.order_id
    WHERE c.id = :call_target::uuid FOR NO KEY UPDATE OF o
)
SELECT c.id FROM pipeline.impact_claim c
WHERE c.id = :call_target::uuid AND (SELECT count (*) FROM the_order) >= 0
FOR NO KEY UPDATE
