-- Asks the other side of an order of the caller's that units do not come. Lines that name the same line
-- of the order are one; a line of another order is none.
WITH the_order AS (
    SELECT o.id, o.buyer_id, o.supplier_id
    FROM pipeline.purchase_order o
    WHERE o.id = :order_id::uuid
    FOR NO KEY UPDATE
), asked AS (
    SELECT l.order_line_id, sum (l.quantity)::pipeline.units AS quantity
    FROM jsonb_to_recordset (:lines::jsonb) AS l (order_line_id uuid, quantity bigint)
    GROUP BY l.order_line_id
)
INSERT INTO pipeline.cancellation
    (id, order_id, buyer_id, supplier_id, asked_by, lines, reason, created_at)
SELECT :call_id::uuid, o.id, o.buyer_id, o.supplier_id, :call_org::uuid,
       (SELECT jsonb_agg (a) FROM asked a), :reason::text, :call_now::timestamptz
FROM the_order o
WHERE (SELECT count (*) FROM asked) = (
    SELECT count (*) FROM asked a JOIN pipeline.order_line l ON l.id = a.order_line_id AND l.order_id = o.id)
RETURNING id
