-- The line, where the caller delivers it.
SELECT l.id FROM pipeline.order_line l JOIN pipeline.purchase_order o ON o.id = l.order_id
WHERE l.id = :order_line_id::uuid AND o.supplier_id = :call_org::uuid
