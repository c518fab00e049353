-- Gives the units that the draft reserved back to the order's lines, and its number to the series.
WITH given_back AS (
    UPDATE pipeline.order_line ol SET invoiced = ol.invoiced - l.quantity
    FROM pipeline.invoice_line l
    WHERE l.invoice_id = :call_target::uuid AND ol.id = l.order_line_id
    RETURNING l.invoice_id
)
DELETE FROM pipeline.document_number
WHERE document_id = :call_target::uuid AND EXISTS (SELECT FROM given_back)
RETURNING document_id AS id
