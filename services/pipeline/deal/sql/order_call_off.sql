-- Orders units from an agreement of the caller's, at its prices; the agreement is locked first, and
-- within_framework refuses more than is left. Above the caller's mandate it waits for a second person.
WITH the_agreement AS (
    SELECT a.* FROM pipeline.agreement a
    WHERE a.id = :agreement_id::uuid AND a.buyer_id = :call_org::uuid
    FOR NO KEY UPDATE
), asked AS (
    SELECT x.agreement_line_id, sum (x.quantity)::bigint AS quantity
    FROM jsonb_to_recordset (:lines::jsonb) AS x (agreement_line_id uuid, quantity bigint)
    GROUP BY x.agreement_line_id
), taken AS (
    UPDATE pipeline.agreement_line l SET called_off = l.called_off + k.quantity
    FROM the_agreement a CROSS JOIN asked k
    WHERE l.agreement_id = a.id AND l.id = k.agreement_line_id
    RETURNING l.id, l.no, l.description, l.unit, l.unit_price_cents, l.vat, k.quantity
), placed AS (
    INSERT INTO pipeline.purchase_order
        (id, quote_id, agreement_id, need_id, need_title, reference, buyer_id, supplier_id, municipality,
         sector, placed_by, fictional, answer_due_at, state, withheld, created_at)
    SELECT :call_id::uuid, a.quote_id, a.id, a.need_id, a.title, :reference::text, a.buyer_id,
           a.supplier_id, a.municipality, a.sector, :call_account::uuid, a.fictional,
           CASE WHEN NOT m.above
                THEN pipeline.due_ahead ('order_answer', a.buyer_id, :call_now::timestamptz) END,
           CASE WHEN m.above THEN 'awaiting' ELSE 'placed' END, m.above, :call_now::timestamptz
    FROM the_agreement a
    CROSS JOIN (SELECT sum (t.quantity * t.unit_price_cents)::bigint AS cents, count (*) AS found FROM taken t) s
    CROSS JOIN LATERAL pipeline.above_mandate (a.buyer_id, :call_account::uuid, a.supplier_id, s.cents, :call_now::timestamptz) AS m (above)
    WHERE s.found = (SELECT count (*) FROM asked)
    RETURNING id, buyer_id, supplier_id
), copied AS (
    INSERT INTO pipeline.order_line
        (id, order_id, no, buyer_id, supplier_id, description, unit, unit_price_cents, vat, ordered,
         agreement_line_id)
    SELECT gen_random_uuid (), p.id, row_number () OVER (ORDER BY t.no), p.buyer_id, p.supplier_id,
           t.description, t.unit, t.unit_price_cents, t.vat, t.quantity, t.id
    FROM placed p CROSS JOIN taken t
)
SELECT id FROM placed
