-- A claim on a line of an order that the caller delivers; the order is held, for the ledger.
WITH the_order AS (
    SELECT o.id, o.need_id, o.need_title, o.buyer_id, o.supplier_id, o.municipality, o.fictional, l AS line
    FROM pipeline.purchase_order o JOIN pipeline.order_line l ON l.order_id = o.id
    WHERE o.supplier_id = :call_org::uuid AND l.id = :order_line_id::uuid
    FOR NO KEY UPDATE OF o, l
)
INSERT INTO pipeline.impact_claim
    (id, order_id, order_line_id, need_id, need_title, description, buyer_id, supplier_id, municipality, indicator, target_group, quantity,
     period_from, period_until, method, documents, standing_units, fictional, created_at)
SELECT :call_id::uuid, o.id, :order_line_id::uuid, o.need_id, o.need_title, (o.line).description, o.buyer_id, o.supplier_id, o.municipality, :indicator::text,
       :target_group::text, :quantity::bigint, :period_from::date, :period_until::date, :method::text,
       :documents::jsonb, pipeline.standing_units (o.line), o.fictional, :call_now::timestamptz
FROM the_order o
RETURNING id
