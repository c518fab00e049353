-- A line of an invoice to the caller, for an obligation of the caller's. The order is held, so that what stands of the line does not move.
WITH held AS (
    SELECT o.id FROM pipeline.invoice v JOIN pipeline.purchase_order o ON o.id = v.order_id
    WHERE v.id = :invoice_id::uuid AND v.buyer_id = :call_org::uuid FOR NO KEY UPDATE OF o
), line AS (
    SELECT v.id AS invoice_id, v.order_id, v.supplier_id, v.number, pipeline.day_of (v.issued_at) AS issued_on, l.order_line_id,
           ol.description, pipeline.standing_cents (l, ol, v.frozen_cents) AS net_cents, d.fictional
    FROM held
    JOIN pipeline.purchase_order d ON d.id = held.id
    JOIN pipeline.invoice v ON v.order_id = held.id AND v.id = :invoice_id::uuid
    JOIN pipeline.invoice_line l ON l.invoice_id = v.id AND l.order_line_id = :order_line_id::uuid
    JOIN pipeline.order_line ol ON ol.id = l.order_line_id
)
INSERT INTO pipeline.sroi_credit
    (id, obligation_id, contract, invoice_id, order_id, order_line_id, contractor_id, municipality_id, supplier_id, invoice_number,
     description, issued_on, in_period, purchase_ppm, net_cents, told_cents, fictional, created_at)
SELECT :call_id::uuid, b.id, b.contract, l.invoice_id, l.order_id, l.order_line_id, b.contractor_id, b.municipality_id, l.supplier_id,
       l.number, l.description, l.issued_on, l.issued_on BETWEEN b.period_from AND b.period_until, b.purchase_ppm, l.net_cents,
       l.net_cents, l.fictional, :call_now::timestamptz
FROM line l JOIN pipeline.sroi_obligation b ON b.id = :obligation_id::uuid AND b.contractor_id = :call_org::uuid
RETURNING id
