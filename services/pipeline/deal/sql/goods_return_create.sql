-- Accepted units of an order of the caller's go back; the ledger refuses more than is there.
WITH the_order AS (
    SELECT o.id, o.buyer_id, o.supplier_id
    FROM pipeline.purchase_order o
    WHERE o.id = :order_id::uuid AND o.buyer_id = :call_org::uuid
    FOR NO KEY UPDATE
), asked AS (
    SELECT l.order_line_id, sum (l.quantity)::bigint AS quantity
    FROM jsonb_to_recordset (:lines::jsonb) AS l (order_line_id uuid, quantity bigint)
    GROUP BY l.order_line_id
), counted AS (
    UPDATE pipeline.order_line ol SET returned = ol.returned + a.quantity
    FROM the_order o CROSS JOIN asked a
    WHERE ol.order_id = o.id AND ol.id = a.order_line_id
    RETURNING ol.id AS order_line_id, a.quantity
)
INSERT INTO pipeline.goods_return (id, order_id, buyer_id, supplier_id, lines, reason, created_at)
SELECT :call_id::uuid, o.id, o.buyer_id, o.supplier_id, c.lines, :reason::text, :call_now::timestamptz
FROM the_order o
CROSS JOIN (SELECT jsonb_agg (c) AS lines, count (*) AS found FROM counted c) c
WHERE c.found = (SELECT count (*) FROM asked)
RETURNING id
