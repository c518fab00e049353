-- The records of the deal as they are read: one view per noun, with the columns of its record, and
-- the facts that its guards ask for. They run with the rights of who asks.

CREATE VIEW pipeline.need_record WITH (security_invoker = true) AS
SELECT n.id, n.buyer_id, buyer.name AS buyer_name, n.title, n.description, n.kind, n.sector, n.cpv,
       n.quantity, n.unit, n.budget_cents, n.municipality,
       place.name AS municipality_name, n.start_on, n.quote_deadline,
       n.goals, n.target_groups, n.fictional, n.awarded_quote_id, n.motivation,
       (SELECT count (*) FROM pipeline.quote q
        WHERE q.need_id = n.id AND q.state = 'submitted') AS quotes_in,
       n.state, n.version, n.created_at
FROM pipeline.need n
LEFT JOIN app.municipality place ON place.code = n.municipality
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = n.buyer_id;

CREATE VIEW pipeline.invitation_record WITH (security_invoker = true) AS
SELECT i.id, i.need_id, n.title AS need_title, n.quote_deadline, i.buyer_id,
       buyer.name AS buyer_name, i.supplier_id, supplier.name AS supplier_name, i.offer_id,
       i.message, i.decline_reason, n.state AS need_state,
       coalesce (supplier.kind = 'enterprise' AND supplier.state = 'admitted', false)
           AS supplier_admitted,
       i.state, i.version, i.created_at
FROM pipeline.invitation i
JOIN pipeline.need n ON n.id = i.need_id
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = i.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = i.supplier_id;

CREATE VIEW pipeline.quote_record WITH (security_invoker = true) AS
SELECT q.id, q.need_id, n.title AS need_title, q.supplier_id, supplier.name AS supplier_name,
       q.buyer_id, q.offer_id, q.message, q.valid_until, q.lines, q.total_cents, n.quote_deadline,
       n.state AS need_state,
       coalesce (supplier.kind = 'enterprise' AND supplier.state = 'admitted', false)
           AS supplier_admitted,
       i.id AS invitation_id, q.state, q.version, q.created_at
FROM pipeline.quote q
JOIN pipeline.need n ON n.id = q.need_id
LEFT JOIN pipeline.invitation i ON i.need_id = q.need_id AND i.supplier_id = q.supplier_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = q.supplier_id;

-- What an order "is" is never stored: it follows from the lines and the invoices.
CREATE VIEW pipeline.order_record WITH (security_invoker = true) AS
SELECT o.id, o.quote_id, o.reference, o.need_id, o.need_title, o.buyer_id,
       buyer.name AS buyer_name, o.supplier_id, supplier.name AS supplier_name, o.municipality,
       o.sector, line.lines, line.total_cents, line.accepted_cents, line.invoiced_cents,
       (SELECT coalesce (sum (v.paid_cents), 0)::bigint FROM pipeline.invoice v
        WHERE v.order_id = o.id) AS paid_cents,
       o.fictional, q.state AS quote_state, o.state, o.version, o.created_at
FROM pipeline.purchase_order o
JOIN pipeline.quote q ON q.id = o.quote_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_build_object (
               'id', l.id, 'no', l.no, 'description', l.description, 'unit', l.unit,
               'unit_price_cents', l.unit_price_cents, 'vat', l.vat, 'ordered', l.ordered,
               'delivered', l.delivered, 'accepted', l.accepted, 'rejected', l.rejected,
               'invoiced', l.invoiced) ORDER BY l.no) AS lines,
           sum (l.ordered * l.unit_price_cents)::bigint AS total_cents,
           sum (l.accepted * l.unit_price_cents)::bigint AS accepted_cents,
           sum (l.invoiced * l.unit_price_cents)::bigint AS invoiced_cents
    FROM pipeline.order_line l WHERE l.order_id = o.id) line
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = o.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = o.supplier_id;

CREATE VIEW pipeline.delivery_record WITH (security_invoker = true) AS
SELECT d.id, d.order_id, d.buyer_id, d.supplier_id, o.municipality, o.sector, line.lines, d.note,
       d.judged_at, line.accepted_cents, o.fictional, o.state AS order_state, d.state, d.version,
       d.created_at
FROM pipeline.delivery d
JOIN pipeline.purchase_order o ON o.id = d.order_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_strip_nulls (json_build_object (
               'order_line_id', l.order_line_id, 'quantity', l.quantity, 'accepted', l.accepted,
               'rejected', l.rejected, 'reject_reason', l.reject_reason,
               'accepted_cents', l.accepted * ol.unit_price_cents)) ORDER BY ol.no) AS lines,
           sum (l.accepted * ol.unit_price_cents)::bigint AS accepted_cents
    FROM pipeline.delivery_line l
    JOIN pipeline.order_line ol ON ol.id = l.order_line_id
    WHERE l.delivery_id = d.id) line;

CREATE VIEW pipeline.invoice_record WITH (security_invoker = true) AS
SELECT v.id, v.order_id, v.number, v.buyer_id, buyer.name AS buyer_name, v.supplier_id,
       supplier.name AS supplier_name, line.lines, v.net_cents, v.vat_cents, v.gross_cents,
       v.paid_cents, v.due_on, o.fictional, o.placed_by AS ordered_by, v.state, v.version,
       v.created_at
FROM pipeline.invoice v
JOIN pipeline.purchase_order o ON o.id = v.order_id
CROSS JOIN LATERAL (
    SELECT json_agg (json_build_object (
               'order_line_id', l.order_line_id, 'quantity', l.quantity,
               'description', ol.description, 'net_cents', l.quantity * ol.unit_price_cents,
               'vat', ol.vat) ORDER BY ol.no) AS lines
    FROM pipeline.invoice_line l
    JOIN pipeline.order_line ol ON ol.id = l.order_line_id
    WHERE l.invoice_id = v.id) line
LEFT JOIN pipeline.known_organisation buyer ON buyer.id = v.buyer_id
LEFT JOIN pipeline.known_organisation supplier ON supplier.id = v.supplier_id;

CREATE VIEW pipeline.payment_record WITH (security_invoker = true) AS
SELECT p.id, p.invoice_id, p.amount_cents, p.bank_reference, p.buyer_id, p.supplier_id, v.order_id,
       o.fictional, v.state AS invoice_state, p.state, p.version, p.created_at
FROM pipeline.payment p
JOIN pipeline.invoice v ON v.id = p.invoice_id
JOIN pipeline.purchase_order o ON o.id = v.order_id;

GRANT SELECT, INSERT, UPDATE
    ON pipeline.need, pipeline.invitation, pipeline.quote, pipeline.purchase_order,
       pipeline.order_line, pipeline.delivery, pipeline.delivery_line, pipeline.invoice,
       pipeline.payment
    TO mw_pipeline;
GRANT SELECT, INSERT ON pipeline.invoice_line TO mw_pipeline;
GRANT SELECT
    ON pipeline.vat_percentage, pipeline.need_record, pipeline.invitation_record,
       pipeline.quote_record, pipeline.order_record, pipeline.delivery_record,
       pipeline.invoice_record, pipeline.payment_record
    TO mw_pipeline;
