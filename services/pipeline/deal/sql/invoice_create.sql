-- An invoice of the caller's for accepted units. They are reserved on the order's lines at once, so
-- that two drafts cannot ask for the same unit. VAT is rounded once per rate, on the sum of that
-- rate, by the percentage of the day in Amsterdam. A line whose price or VAT is not given has those of
-- the order; what is asked for a line twice is one line, at the higher price.
WITH the_order AS (
    SELECT o.id, o.buyer_id, o.supplier_id
    FROM pipeline.purchase_order o
    WHERE o.id = :order_id::uuid AND o.supplier_id = :call_org::uuid
    FOR NO KEY UPDATE
), asked AS (
    SELECT l.order_line_id, sum (l.quantity)::bigint AS quantity,
           max (l.unit_price_cents) AS unit_price_cents, max (l.vat) AS vat
    FROM jsonb_to_recordset (:lines::jsonb)
         AS l (order_line_id uuid, quantity bigint, unit_price_cents bigint, vat text)
    GROUP BY l.order_line_id
), reserved AS (
    UPDATE pipeline.order_line ol SET invoiced = ol.invoiced + a.quantity
    FROM the_order o CROSS JOIN asked a
    WHERE ol.order_id = o.id AND ol.id = a.order_line_id
    RETURNING ol.id, a.quantity, coalesce (a.unit_price_cents, ol.unit_price_cents) AS unit_price_cents,
              coalesce (a.vat, ol.vat) AS vat
), shares AS (
    SELECT coalesce (pipeline.vat_shares (jsonb_agg (to_jsonb (r)),
                                          pipeline.day_of (:call_now::timestamptz)), '[]') AS vat
    FROM reserved r
), sums AS (
    SELECT s.vat, coalesce (sum (x.net_cents), 0)::bigint AS net_cents,
           coalesce (sum (x.vat_cents), 0)::bigint AS vat_cents
    FROM shares s
    LEFT JOIN LATERAL jsonb_to_recordset (s.vat) AS x (net_cents bigint, vat_cents bigint) ON true
    GROUP BY s.vat
), numbered AS (
    INSERT INTO pipeline.document_number (supplier_id, number, document_id)
    SELECT o.supplier_id, :number::text, :call_id::uuid FROM the_order o
), written AS (
    INSERT INTO pipeline.invoice
        (id, order_id, buyer_id, supplier_id, number, vat, vat_day, net_cents, vat_cents, gross_cents,
         due_on, note, created_at)
    SELECT :call_id::uuid, o.id, o.buyer_id, o.supplier_id, :number::text, s.vat,
           pipeline.day_of (:call_now::timestamptz), s.net_cents, s.vat_cents,
           s.net_cents + s.vat_cents, :due_on::date, :note::text, :call_now::timestamptz
    FROM the_order o CROSS JOIN sums s
    RETURNING id
), listed AS (
    INSERT INTO pipeline.invoice_line
        (invoice_id, order_line_id, order_id, supplier_id, quantity, unit_price_cents, vat)
    SELECT :call_id::uuid, a.order_line_id, o.id, o.supplier_id, a.quantity,
           coalesce (r.unit_price_cents, 0), coalesce (r.vat, 'zero')
    FROM the_order o CROSS JOIN asked a LEFT JOIN reserved r ON r.id = a.order_line_id
)
SELECT id FROM written
