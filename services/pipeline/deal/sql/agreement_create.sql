-- Drafts the agreement about a selected quote for a need of the caller's, line by line, at its prices.
-- A quote that is sealed still has no total here; the guard refuses it, as any that is not selected.
WITH chosen AS (
    SELECT q.id AS quote_id, q.lines, q.total_cents, q.supplier_id, n.id AS need_id, n.buyer_id, n.title,
           n.municipality, n.sector, n.fictional,
           (SELECT c.cap_ppm FROM pipeline.change_cap c
            WHERE c.kind = coalesce (n.kind, 'service')
              AND c.valid_from <= (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date
            ORDER BY c.valid_from DESC LIMIT 1) AS cap_ppm
    FROM pipeline.quote q JOIN pipeline.need n ON n.id = q.need_id
    WHERE q.id = :quote_id::uuid AND n.buyer_id = :call_org::uuid
), drafted AS (
    INSERT INTO pipeline.agreement
        (id, quote_id, need_id, title, kind, buyer_id, supplier_id, municipality, sector, fictional,
         ends_at, sign_by, cap_cents, created_at)
    SELECT :call_id::uuid, c.quote_id, c.need_id, c.title, :kind::text, c.buyer_id, c.supplier_id,
           c.municipality, c.sector, c.fictional, :ends_at::timestamptz,
           pipeline.due_ahead ('agreement_signature', c.buyer_id, :call_now::timestamptz),
           floor (coalesce (c.total_cents, 0)::numeric * coalesce (c.cap_ppm, 0) / 1000000)::bigint, :call_now::timestamptz
    FROM chosen c
    RETURNING id
), copied AS (
    INSERT INTO pipeline.agreement_line
        (id, agreement_id, no, buyer_id, supplier_id, description, unit, unit_price_cents, vat, agreed)
    SELECT gen_random_uuid (), :call_id::uuid, l.no, c.buyer_id, c.supplier_id, l.description,
           l.unit, l.unit_price_cents, l.vat, l.quantity
    FROM chosen c
    CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset (c.lines) AS (
        description text, unit text, quantity bigint, unit_price_cents bigint, vat text)
    ) WITH ORDINALITY AS l (description, unit, quantity, unit_price_cents, vat, no)
)
SELECT id FROM drafted
