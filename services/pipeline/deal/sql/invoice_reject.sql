-- Keeps why, and gives the units back to the order's lines: they may be invoiced again.
WITH given_back AS (
    UPDATE pipeline.order_line ol SET invoiced = ol.invoiced - l.quantity
    FROM pipeline.invoice_line l
    WHERE l.invoice_id = :call_target::uuid AND ol.id = l.order_line_id
)
UPDATE pipeline.invoice SET reject_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
