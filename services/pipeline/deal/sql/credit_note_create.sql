-- A credit note of the caller's for units of an invoice. The VAT of each rate is what the invoice's
-- would be less by, so that many credit notes together never come to another sum than it did.
WITH the_invoice AS (
    SELECT v.id, v.order_id, v.buyer_id, v.supplier_id, v.vat_day
    FROM pipeline.invoice v
    WHERE v.id = :invoice_id::uuid AND v.supplier_id = :call_org::uuid AND v.issued_at IS NOT NULL
), asked AS (
    SELECT l.order_line_id, sum (l.quantity)::pipeline.units AS quantity
    FROM jsonb_to_recordset (:lines::jsonb) AS l (order_line_id uuid, quantity bigint)
    GROUP BY l.order_line_id
), per_rate AS (
    SELECT l.vat, v.vat_day, sum (a.quantity * l.unit_price_cents)::bigint AS net_cents,
           (SELECT coalesce (sum (b.credited * b.unit_price_cents), 0)::bigint
            FROM pipeline.invoice_line b
            WHERE b.invoice_id = v.id AND b.vat = l.vat) AS before_cents
    FROM the_invoice v
    JOIN pipeline.invoice_line l ON l.invoice_id = v.id
    JOIN asked a ON a.order_line_id = l.order_line_id
    GROUP BY v.id, l.vat, v.vat_day
), shares AS (
    SELECT r.vat, pipeline.vat_percent (r.vat, r.vat_day) AS percentage, r.net_cents,
           pipeline.vat_cents (r.vat, r.before_cents + r.net_cents, r.vat_day)
               - pipeline.vat_cents (r.vat, r.before_cents, r.vat_day) AS vat_cents
    FROM per_rate r
), sums AS (
    SELECT coalesce (jsonb_agg (to_jsonb (s) ORDER BY s.vat), '[]') AS vat,
           coalesce (sum (s.net_cents), 0)::bigint AS net_cents,
           coalesce (sum (s.vat_cents), 0)::bigint AS vat_cents
    FROM shares s
), numbered AS (
    INSERT INTO pipeline.document_number (supplier_id, number, document_id)
    SELECT v.supplier_id, :number::text, :call_id::uuid FROM the_invoice v
), written AS (
    INSERT INTO pipeline.credit_note
        (id, invoice_id, order_id, buyer_id, supplier_id, number, reason, vat, net_cents, vat_cents,
         gross_cents, created_at)
    SELECT :call_id::uuid, v.id, v.order_id, v.buyer_id, v.supplier_id, :number::text, :reason::text,
           s.vat, s.net_cents, s.vat_cents, s.net_cents + s.vat_cents, :call_now::timestamptz
    FROM the_invoice v CROSS JOIN sums s
    RETURNING id
), listed AS (
    INSERT INTO pipeline.credit_line (credit_note_id, invoice_id, order_line_id, supplier_id, quantity)
    SELECT :call_id::uuid, v.id, a.order_line_id, v.supplier_id, a.quantity
    FROM the_invoice v CROSS JOIN asked a
)
SELECT id FROM written
