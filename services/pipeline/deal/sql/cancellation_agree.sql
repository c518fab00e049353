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
    RETURNING a.id, ol.agreement_line_id, a.quantity
), the_agreement AS (
    SELECT a.id FROM pipeline.agreement a
    JOIN pipeline.purchase_order o ON o.agreement_id = a.id
    JOIN pipeline.cancellation c ON c.order_id = o.id
    WHERE c.id = :call_target::uuid
    FOR NO KEY UPDATE OF a
), given_back AS (
    UPDATE pipeline.agreement_line al SET called_off = al.called_off - c.quantity
    FROM the_agreement a CROSS JOIN counted c
    WHERE al.id = c.agreement_line_id AND al.agreement_id = a.id
)
SELECT DISTINCT id FROM counted
