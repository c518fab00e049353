-- Announces units of an order to the caller; the ledger refuses more than is still to come. Lines
-- that name the same line of the order are one. The order is locked before its lines are touched.
WITH the_order AS (
    SELECT o.id, o.buyer_id, o.supplier_id
    FROM pipeline.purchase_order o
    WHERE o.id = :order_id::uuid AND o.supplier_id = :call_org::uuid
    FOR NO KEY UPDATE
), asked AS (
    SELECT l.order_line_id, sum (l.quantity)::bigint AS quantity
    FROM jsonb_to_recordset (:lines::jsonb) AS l (order_line_id uuid, quantity bigint)
    GROUP BY l.order_line_id
), counted AS (
    UPDATE pipeline.order_line ol SET announced = ol.announced + a.quantity
    FROM the_order o CROSS JOIN asked a
    WHERE ol.order_id = o.id AND ol.id = a.order_line_id
), announced AS (
    INSERT INTO pipeline.delivery (id, order_id, buyer_id, supplier_id, note, created_at)
    SELECT :call_id::uuid, o.id, o.buyer_id, o.supplier_id, :note::text, :call_now::timestamptz
    FROM the_order o
    RETURNING id
), written AS (
    INSERT INTO pipeline.delivery_line
        (delivery_id, order_line_id, order_id, buyer_id, supplier_id, quantity)
    SELECT :call_id::uuid, a.order_line_id, o.id, o.buyer_id, o.supplier_id, a.quantity
    FROM the_order o CROSS JOIN asked a
)
SELECT id FROM announced
