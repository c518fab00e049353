-- The units came: the ledger counts them.
WITH counted AS (
    UPDATE pipeline.order_line ol SET delivered = ol.delivered + l.quantity
    FROM pipeline.delivery_line l
    WHERE l.delivery_id = :call_target::uuid AND ol.id = l.order_line_id
    RETURNING l.delivery_id
)
SELECT DISTINCT delivery_id AS id FROM counted
