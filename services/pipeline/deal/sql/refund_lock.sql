-- Steps of a refund change what is paid of the invoice, so they wait for the order.
SELECT o.id
FROM pipeline.refund r
JOIN pipeline.invoice v ON v.id = r.invoice_id
JOIN pipeline.purchase_order o ON o.id = v.order_id
WHERE r.id = :call_target::uuid FOR NO KEY UPDATE OF o
