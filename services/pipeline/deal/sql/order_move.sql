-- Brings the order to the state that the step leads to. What a supplier does not take of a call-off goes
-- back to its agreement, which is locked before its lines, as by who calls off.
WITH the_agreement AS (
    SELECT a.id FROM pipeline.agreement a
    JOIN pipeline.purchase_order o ON o.agreement_id = a.id
    WHERE o.id = :call_target::uuid AND :call_state::text IN ('refused', 'lapsed')
    FOR NO KEY UPDATE OF a
), given_back AS (
    UPDATE pipeline.agreement_line al SET called_off = al.called_off - l.ordered
    FROM the_agreement a CROSS JOIN pipeline.order_line l
    WHERE l.order_id = :call_target::uuid AND al.id = l.agreement_line_id AND al.agreement_id = a.id
)
UPDATE pipeline.purchase_order SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
