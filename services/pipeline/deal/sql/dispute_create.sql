-- Freezes accepted units of a line, units of it that a delivery brought and that were rejected, or an amount of an
-- invoice, of an order of the caller's. The handler is whom the buyer appointed; a supplier does not see that, so then
-- the buyer's side fills it in.
WITH the_order AS (
    SELECT o.id, o.need_id, o.need_title, o.buyer_id, o.supplier_id, o.fictional
    FROM pipeline.purchase_order o WHERE o.id = :order_id::uuid
    FOR NO KEY UPDATE
), units AS (
    UPDATE pipeline.order_line l
    SET disputed = l.disputed + CASE WHEN :delivery_id::uuid IS NULL THEN :quantity::bigint ELSE 0 END,
        contested = l.contested + CASE WHEN :delivery_id::uuid IS NULL THEN 0 ELSE :quantity::bigint END
    FROM the_order o WHERE l.id = :order_line_id::uuid AND l.order_id = o.id
    RETURNING l.description, l.unit
), rejected AS (
    UPDATE pipeline.delivery_line l SET contested = l.contested + :quantity::bigint
    FROM the_order o
    WHERE l.delivery_id = :delivery_id::uuid AND l.order_line_id = :order_line_id::uuid AND l.order_id = o.id
    RETURNING l.delivery_id
), cents AS (
    UPDATE pipeline.invoice v SET frozen_cents = v.frozen_cents + :amount_cents::bigint
    FROM the_order o WHERE v.id = :invoice_id::uuid AND v.order_id = o.id AND v.issued_at IS NOT NULL
    RETURNING v.number
)
INSERT INTO pipeline.dispute
    (id, order_id, order_line_id, quantity, delivery_id, documents, invoice_id, amount_cents, buyer_id, supplier_id, handler_id,
     need_id, need_title, description, unit, invoice_number, raised_by, reason, answer_due_at, fictional, created_at)
SELECT :call_id::uuid, o.id, :order_line_id::uuid, :quantity::bigint, :delivery_id::uuid, :documents::jsonb, :invoice_id::uuid,
       :amount_cents::bigint, o.buyer_id, o.supplier_id,
       (SELECT a.handler_id FROM pipeline.appointment a
        WHERE a.buyer_id = o.buyer_id AND a.state = 'appointed' AND a.handler_id <> o.supplier_id),
       o.need_id, o.need_title, (SELECT description FROM units), (SELECT unit FROM units), (SELECT number FROM cents),
       :call_org::uuid, :reason::text,
       pipeline.due_ahead ('dispute_answer', o.buyer_id, :call_now::timestamptz), o.fictional,
       :call_now::timestamptz
FROM the_order o
WHERE (:delivery_id::uuid IS NULL AND EXISTS (SELECT FROM units)) OR EXISTS (SELECT FROM rejected)
   OR EXISTS (SELECT FROM cents)
RETURNING id
