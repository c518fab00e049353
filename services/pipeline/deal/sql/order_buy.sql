-- Orders what a basket of the caller's has of one supplier, at the prices in it. Nothing of it was awarded, so who has no mandate
-- waits for a second person; so does a basket that as a whole is above the mandate of who orders.
WITH bought AS (
    SELECT b.id AS basket_id, b.buyer_id, b.reference, b.fictional, k.municipality, l.*
    FROM pipeline.basket b
    JOIN pipeline.known_organisation k ON k.id = b.buyer_id
    CROSS JOIN LATERAL pipeline.lines_of (b.lines) l
    WHERE b.id = :basket_id::uuid AND b.buyer_id = :call_org::uuid
), mine AS (
    SELECT m.*, row_number () OVER (ORDER BY m.no) AS place FROM bought m WHERE m.supplier_id = :supplier_id::uuid
), part AS (
    SELECT sum (m.quantity * m.unit_price_cents)::bigint AS cents, (array_agg (m.sector ORDER BY m.no)) [1] AS sector,
           left ((array_agg (m.title ORDER BY m.no)) [1], 110) || CASE WHEN count (*) > 1 THEN ' +' || count (*) - 1 ELSE '' END AS title
    FROM mine m
), placed AS (
    INSERT INTO pipeline.purchase_order
        (id, basket_id, need_title, reference, buyer_id, supplier_id, municipality, sector, placed_by, fictional, answer_due_at,
         state, withheld, created_at)
    SELECT :call_id::uuid, b.basket_id, p.title, b.reference, b.buyer_id, :supplier_id::uuid, b.municipality, p.sector,
           :call_account::uuid, b.fictional,
           CASE WHEN NOT m.above THEN pipeline.due_ahead ('order_answer', b.buyer_id, :call_now::timestamptz) END,
           CASE WHEN m.above THEN 'awaiting' ELSE 'placed' END, m.above, :call_now::timestamptz
    FROM (SELECT DISTINCT basket_id, buyer_id, reference, fictional, municipality FROM bought) b
    CROSS JOIN part p
    CROSS JOIN LATERAL (
        SELECT pipeline.mandate_cents (b.buyer_id, :call_account::uuid, pipeline.dutch_day (:call_now::timestamptz)) AS cents) mandate
    CROSS JOIN LATERAL (
        SELECT mandate.cents IS NULL OR (SELECT sum (x.quantity * x.unit_price_cents) FROM bought x) > mandate.cents
            OR pipeline.above_mandate (b.buyer_id, :call_account::uuid, :supplier_id::uuid, p.cents, :call_now::timestamptz) AS above) m
    WHERE p.cents IS NOT NULL
    RETURNING id
), copied AS (
    INSERT INTO pipeline.order_line
        (id, order_id, no, buyer_id, supplier_id, description, unit, unit_price_cents, vat, ordered, offer_id, offer_version, cpv)
    SELECT gen_random_uuid (), p.id, m.place, m.buyer_id, m.supplier_id, m.title, m.unit, m.unit_price_cents, m.vat, m.quantity,
           m.offer_id, m.offer_version, m.cpv
    FROM placed p CROSS JOIN mine m
)
SELECT id FROM placed
