-- Announces units of an order to the caller; the ledger refuses more than is still to come. Lines
-- that name the same line of the order are one. The order is locked before its lines are touched. A
-- redelivery takes its units from those that were rejected of the delivery it is linked to.
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
), again AS (
    UPDATE pipeline.delivery_line dl SET redelivered = dl.redelivered + a.quantity
    FROM the_order o CROSS JOIN asked a
    WHERE dl.delivery_id = :redelivery_of::uuid AND dl.order_id = o.id
      AND dl.order_line_id = a.order_line_id
), announced AS (
    INSERT INTO pipeline.delivery
        (id, order_id, buyer_id, supplier_id, note, redelivery_of, created_at)
    SELECT :call_id::uuid, o.id, o.buyer_id, o.supplier_id, :note::text, :redelivery_of::uuid,
           :call_now::timestamptz
    FROM the_order o
    RETURNING id
), written AS (
    INSERT INTO pipeline.delivery_line
        (delivery_id, order_line_id, order_id, buyer_id, supplier_id, quantity, redelivery_of)
    SELECT :call_id::uuid, a.order_line_id, o.id, o.buyer_id, o.supplier_id, a.quantity,
           :redelivery_of::uuid
    FROM the_order o CROSS JOIN asked a
)
SELECT id FROM announced
