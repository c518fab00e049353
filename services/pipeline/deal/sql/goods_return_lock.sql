-- Its steps change the order's lines, so they wait for the order.
SELECT o.id
FROM pipeline.goods_return c JOIN pipeline.purchase_order o ON o.id = c.order_id
WHERE c.id = :call_target::uuid FOR NO KEY UPDATE OF o
