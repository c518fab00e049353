-- A credit note changes the order's lines, so it waits for the order.
SELECT o.id
FROM pipeline.credit_note c JOIN pipeline.purchase_order o ON o.id = c.order_id
WHERE c.id = :call_target::uuid FOR NO KEY UPDATE OF o
