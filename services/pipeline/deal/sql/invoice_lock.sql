-- Steps of an invoice change the order's lines, so they wait for the order.
SELECT o.id
FROM pipeline.invoice v JOIN pipeline.purchase_order o ON o.id = v.order_id
WHERE v.id = :call_target::uuid FOR NO KEY UPDATE OF o
