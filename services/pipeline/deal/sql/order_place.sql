-- Orders what a quote for a need of the caller's offers, line by line, at its prices. Above the caller's
-- mandate it waits for a second person. Units of an offer that is counted are taken from its stock
-- (within_stock). A quote that is sealed still has no total here; the guard refuses it, as any that is not
-- selected.
WITH chosen AS (
    SELECT q.id AS quote_id, q.lines, q.total_cents, q.supplier_id, n.id AS need_id, n.buyer_id, n.title,
           n.municipality, n.sector, n.fictional
    FROM pipeline.quote q JOIN pipeline.need n ON n.id = q.need_id
    WHERE q.id = :quote_id::uuid AND n.buyer_id = :call_org::uuid
), placed AS (
    INSERT INTO pipeline.purchase_order
        (id, quote_id, need_id, need_title, reference, buyer_id, supplier_id, municipality, sector,
         placed_by, fictional, answer_due_at, state, withheld, created_at)
    SELECT :call_id::uuid, c.quote_id, c.need_id, c.title, :reference::text, c.buyer_id,
           c.supplier_id, c.municipality, c.sector, :call_account::uuid, c.fictional,
           CASE WHEN NOT m.above
                THEN pipeline.due_ahead ('order_answer', c.buyer_id, :call_now::timestamptz) END,
           CASE WHEN m.above THEN 'awaiting' ELSE 'placed' END, m.above, :call_now::timestamptz
    FROM chosen c
    CROSS JOIN LATERAL pipeline.above_mandate (c.buyer_id, :call_account::uuid, c.supplier_id,
                                               coalesce (c.total_cents, 0), :call_now::timestamptz) AS m (above)
    RETURNING id
), copied AS (
    INSERT INTO pipeline.order_line
        (id, order_id, no, buyer_id, supplier_id, description, unit, unit_price_cents, vat, ordered,
         offer_id)
    SELECT gen_random_uuid (), :call_id::uuid, l.no, c.buyer_id, c.supplier_id, l.description,
           l.unit, l.unit_price_cents, l.vat, l.quantity, l.offer_id
    FROM chosen c
    CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset (c.lines) AS (
        description text, unit text, quantity bigint, unit_price_cents bigint, vat text, offer_id uuid)
    ) WITH ORDINALITY AS l (description, unit, quantity, unit_price_cents, vat, offer_id, no)
)
SELECT id FROM placed
