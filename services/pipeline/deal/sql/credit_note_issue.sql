-- Takes its units and cents off the invoice and the ledger; within_credit says how far that goes. Its
-- VAT is reckoned again, for another credit note may have come first.
WITH off AS (
    UPDATE pipeline.invoice_line il SET credited = il.credited + l.quantity
    FROM pipeline.credit_line l
    WHERE l.credit_note_id = :call_target::uuid AND il.invoice_id = l.invoice_id
      AND il.order_line_id = l.order_line_id
    RETURNING il.invoice_id, il.order_line_id, il.vat, l.quantity,
              il.unit_price_cents * l.quantity AS net_cents
), counted AS (
    UPDATE pipeline.order_line ol SET credited = ol.credited + o.quantity
    FROM off o WHERE ol.id = o.order_line_id
), per_rate AS (
    SELECT o.vat, v.vat_day, sum (o.net_cents)::bigint AS net_cents,
           (SELECT coalesce (sum (b.credited * b.unit_price_cents), 0)::bigint
            FROM pipeline.invoice_line b
            WHERE b.invoice_id = v.id AND b.vat = o.vat) AS before_cents
    FROM off o JOIN pipeline.invoice v ON v.id = o.invoice_id
    GROUP BY v.id, o.vat, v.vat_day
), shares AS (
    SELECT r.vat, pipeline.vat_percent (r.vat, r.vat_day) AS percentage, r.net_cents,
           pipeline.vat_cents (r.vat, r.before_cents + r.net_cents, r.vat_day)
               - pipeline.vat_cents (r.vat, r.before_cents, r.vat_day) AS vat_cents
    FROM per_rate r
), sums AS (
    SELECT jsonb_agg (to_jsonb (s) ORDER BY s.vat) AS vat, sum (s.net_cents)::bigint AS net_cents,
           sum (s.vat_cents)::bigint AS vat_cents
    FROM shares s
), less AS (
    UPDATE pipeline.invoice v SET credited_cents = v.credited_cents + s.net_cents + s.vat_cents
    FROM sums s WHERE v.id = (SELECT invoice_id FROM off LIMIT 1)
), out AS (
    INSERT INTO pipeline.hand_over (document_id, kind, way, supplier_id, buyer_id, due_at, try_at)
    SELECT c.id, 'credit_note', w.way, c.supplier_id, c.buyer_id, :call_now::timestamptz,
           :call_now::timestamptz
    FROM pipeline.credit_note c CROSS JOIN unnest (ARRAY ['mail', 'peppol']) AS w (way)
    WHERE c.id = :call_target::uuid
)
UPDATE pipeline.credit_note c
SET issued_at = :call_now::timestamptz, vat = s.vat, net_cents = s.net_cents, vat_cents = s.vat_cents,
    gross_cents = s.net_cents + s.vat_cents
FROM sums s
WHERE c.id = :call_target::uuid
RETURNING c.id
