-- Gives the units that the draft reserved back to the order's lines.
WITH given_back AS (
    UPDATE pipeline.order_line ol SET invoiced = ol.invoiced - l.quantity
    FROM pipeline.invoice_line l
    WHERE l.invoice_id = :call_target::uuid AND ol.id = l.order_line_id
    RETURNING l.invoice_id
)
SELECT DISTINCT invoice_id AS id FROM given_back
