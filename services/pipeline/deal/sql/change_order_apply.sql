-- The agreement gets the new quantities. Changes up and down both count towards the cap, so that they
-- cannot take each other away; within_framework keeps what was called off already.
-- Its version counts its own events, of which this is none.
WITH asked AS (
    SELECT c.id, c.agreement_id, x.agreement_line_id, x.quantity
    FROM pipeline.change_order c
    CROSS JOIN LATERAL jsonb_to_recordset (c.lines) AS x (agreement_line_id uuid, quantity bigint)
    WHERE c.id = :call_target::uuid
), changed AS (
    UPDATE pipeline.agreement_line l SET agreed = l.agreed + k.quantity
    FROM asked k
    WHERE l.id = k.agreement_line_id AND l.agreement_id = k.agreement_id
    RETURNING k.agreement_id, abs (k.quantity) * l.unit_price_cents AS cents
)
UPDATE pipeline.agreement a SET changed_cents = a.changed_cents + s.cents
FROM (SELECT agreement_id, sum (cents)::bigint AS cents FROM changed GROUP BY agreement_id) s
WHERE a.id = s.agreement_id
RETURNING a.id
