-- Proposes other quantities for lines of an agreement of the caller's, at the same prices.
WITH the_agreement AS (
    SELECT a.id, a.buyer_id, a.supplier_id FROM pipeline.agreement a
    WHERE a.id = :agreement_id::uuid
    FOR NO KEY UPDATE
), asked AS (
    SELECT x.agreement_line_id, sum (x.quantity)::pipeline.units AS quantity
    FROM jsonb_to_recordset (:lines::jsonb) AS x (agreement_line_id uuid, quantity bigint)
    GROUP BY x.agreement_line_id
), known AS (
    SELECT k.agreement_line_id, k.quantity, k.quantity * l.unit_price_cents AS cents
    FROM asked k JOIN the_agreement a ON true
    JOIN pipeline.agreement_line l ON l.id = k.agreement_line_id AND l.agreement_id = a.id
)
INSERT INTO pipeline.change_order
    (id, agreement_id, buyer_id, supplier_id, asked_by, cause, lines, delta_cents, reason, created_at)
SELECT :call_id::uuid, a.id, a.buyer_id, a.supplier_id, :call_org::uuid, :cause::text,
       (SELECT jsonb_agg (jsonb_build_object ('agreement_line_id', k.agreement_line_id,
                                              'quantity', k.quantity)) FROM known k),
       (SELECT sum (k.cents)::bigint FROM known k), :reason::text, :call_now::timestamptz
FROM the_agreement a
WHERE (SELECT count (*) FROM known) = (SELECT count (*) FROM asked)
RETURNING id
