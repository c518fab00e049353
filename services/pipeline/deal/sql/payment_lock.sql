-- Steps of a payment change what is paid of the invoice, so they wait for the order.
SELECT o.id
FROM pipeline.payment p
JOIN pipeline.invoice v ON v.id = p.invoice_id
JOIN pipeline.purchase_order o ON o.id = v.order_id
WHERE p.id = :call_target::uuid FOR NO KEY UPDATE OF o
