-- The units do not come; the ledger refuses those that are on their way, and lines of another order.
WITH asked AS (
    SELECT c.id, c.order_id, l.order_line_id, l.quantity
    FROM pipeline.cancellation c
    CROSS JOIN LATERAL jsonb_to_recordset (c.lines) AS l (order_line_id uuid, quantity bigint)
    WHERE c.id = :call_target::uuid
), counted AS (
    UPDATE pipeline.order_line ol SET cancelled = ol.cancelled + a.quantity
    FROM asked a
    WHERE ol.id = a.order_line_id AND ol.order_id = a.order_id
    RETURNING a.id
)
SELECT DISTINCT id FROM counted
