-- Keeps why, and counts every unit as one that will not come: nothing of it was on its way. A call-off goes
-- back to its agreement, which is locked before its lines, as by who calls off.
WITH before AS (
    SELECT l.id, l.agreement_line_id, l.ordered - l.cancelled AS quantity
    FROM pipeline.order_line l WHERE l.order_id = :call_target::uuid
), counted AS (
    UPDATE pipeline.order_line SET cancelled = ordered WHERE order_id = :call_target::uuid
), the_agreement AS (
    SELECT a.id FROM pipeline.agreement a
    JOIN pipeline.purchase_order o ON o.agreement_id = a.id
    WHERE o.id = :call_target::uuid
    FOR NO KEY UPDATE OF a
), given_back AS (
    UPDATE pipeline.agreement_line al SET called_off = al.called_off - b.quantity
    FROM the_agreement a CROSS JOIN before b
    WHERE al.id = b.agreement_line_id AND al.agreement_id = a.id
)
UPDATE pipeline.purchase_order SET cancel_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
