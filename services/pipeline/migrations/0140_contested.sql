-- An order as it is read tells what of it is contested, and how many accepted units of it stand.

CREATE OR REPLACE VIEW pipeline.order_record WITH (security_invoker = true) AS
SELECT o.id, o.quote_id, o.reference, o.need_id, o.need_title, o.buyer_id,
       buyer.name AS buyer_name, o.supplier_id, supplier.name AS supplier_name, o.municipality,
       o.sector, line.lines, line.total_cents, line.accepted_cents, line.invoiced_cents,
       coalesce (m.paid_cents, 0) AS paid_cents,
       o.fictional, q.state AS quote_state, o.state, o.version, o.created_at,
       line.cancelled_cents, line.started, o.answer_due_at, o.refuse_reason, o.cancel_reason,
       coalesce (m.confirmed_cents, 0) AS confirmed_cents,
       coalesce (m.refunded_cents, 0) AS refunded_cents, coalesce (m.open_cents, 0) AS open_cents,
       coalesce (m.overpaid_cents, 0) AS overpaid_cents,
       coalesce (m.frozen_cents, 0) + CASE WHEN line.disputed THEN pipeline.frozen_cents (o.id) ELSE 0 END
           AS frozen_cents,
       o.agreement_id, o.placed_by,
       (SELECT a.state FROM pipeline.agreement a WHERE a.id = o.agreement_id) AS agreement_state,
       o.agreement_id IS NULL AND EXISTS (
           SELECT FROM pipeline.agreement a WHERE a.quote_id = o.quote_id AND a.state <> 'void')
           AS has_agreement,
       o.basket_id, line.standing_units
FROM pipeline.purchase_order o
LEFT JOIN pipeline.quote q ON q.id = o.quote_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_build_object (
               'id', l.id, 'no', l.no, 'description', l.description, 'unit', l.unit,
               'unit_price_cents', l.unit_price_cents, 'vat', l.vat, 'ordered', l.ordered,
               'cancelled', l.cancelled, 'dispatched', l.announced, 'delivered', l.delivered,
               'accepted', l.accepted, 'rejected', l.rejected, 'returned', l.returned,
               'invoiced', l.invoiced, 'credited', l.credited, 'disputed', l.disputed, 'contested', l.contested)
               ORDER BY l.no) AS lines,
           sum (l.ordered * l.unit_price_cents)::bigint AS total_cents,
           sum (l.accepted * l.unit_price_cents)::bigint AS accepted_cents,
           sum (l.invoiced * l.unit_price_cents)::bigint AS invoiced_cents,
           sum (l.cancelled * l.unit_price_cents)::bigint AS cancelled_cents,
           bool_or (l.announced > 0) AS started, bool_or (l.disputed > 0) AS disputed,
           sum (pipeline.standing_units (l))::bigint AS standing_units
    FROM pipeline.order_line l WHERE l.order_id = o.id) line
LEFT JOIN pipeline.order_money m ON m.order_id = o.id
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = o.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = o.supplier_id;
