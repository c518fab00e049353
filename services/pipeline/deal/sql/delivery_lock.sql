-- Steps of a delivery change the order's lines, so they wait for the order.
SELECT o.id
FROM pipeline.delivery d JOIN pipeline.purchase_order o ON o.id = d.order_id
WHERE d.id = :call_target::uuid FOR NO KEY UPDATE OF o
