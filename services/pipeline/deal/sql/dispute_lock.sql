-- The order first, as far as the caller sees it, for the ledger; then the dispute, which its handler sees.
WITH the_order AS (
    SELECT o.id FROM pipeline.dispute d JOIN pipeline.purchase_order o ON o.id = d.order_id
    WHERE d.id = :call_target::uuid FOR NO KEY UPDATE OF o
)
SELECT d.id FROM pipeline.dispute d
WHERE d.id = :call_target::uuid AND (SELECT count (*) FROM the_order) >= 0
FOR NO KEY UPDATE
