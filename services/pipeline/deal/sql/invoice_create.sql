-- An invoice of the caller's for accepted units. They are reserved on the order's lines at once, so
-- that two drafts cannot ask for the same unit. VAT is rounded once per rate, on the sum of that
-- rate, by the percentage of the day in Amsterdam.
WITH the_order AS (
    SELECT o.id, o.buyer_id, o.supplier_id
    FROM pipeline.purchase_order o
    WHERE o.id = :order_id::uuid AND o.supplier_id = :call_org::uuid
    FOR NO KEY UPDATE
), asked AS (
    SELECT l.order_line_id, sum (l.quantity)::bigint AS quantity
    FROM jsonb_to_recordset (:lines::jsonb) AS l (order_line_id uuid, quantity bigint)
    GROUP BY l.order_line_id
), reserved AS (
    UPDATE pipeline.order_line ol SET invoiced = ol.invoiced + a.quantity
    FROM the_order o CROSS JOIN asked a
    WHERE ol.order_id = o.id AND ol.id = a.order_line_id
    RETURNING ol.vat, a.quantity * ol.unit_price_cents AS net_cents
), per_rate AS (
    SELECT r.vat, sum (r.net_cents)::bigint AS net_cents
    FROM reserved r
    GROUP BY r.vat
), sums AS (
    SELECT coalesce (sum (p.net_cents), 0)::bigint AS net_cents,
           coalesce (sum (pipeline.vat_cents (p.vat, p.net_cents,
               (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date)), 0)::bigint
               AS vat_cents
    FROM per_rate p
), written AS (
    INSERT INTO pipeline.invoice
        (id, order_id, buyer_id, supplier_id, number, net_cents, vat_cents, gross_cents, due_on,
         created_at)
    SELECT :call_id::uuid, o.id, o.buyer_id, o.supplier_id, :number::text, s.net_cents, s.vat_cents,
           s.net_cents + s.vat_cents, :due_on::date, :call_now::timestamptz
    FROM the_order o CROSS JOIN sums s
    RETURNING id
), listed AS (
    INSERT INTO pipeline.invoice_line (invoice_id, order_line_id, order_id, supplier_id, quantity)
    SELECT :call_id::uuid, a.order_line_id, o.id, o.supplier_id, a.quantity
    FROM the_order o CROSS JOIN asked a
)
SELECT id FROM written
