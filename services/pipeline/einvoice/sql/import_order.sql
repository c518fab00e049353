-- The caller's own order that a document names, by the buyer's reference or by its number, or that of
-- the invoice that it credits; with what is held against the document.
SELECT o.id AS order_id, v.id AS invoice_id, s.kvk_number AS seller_kvk, s.oin AS seller_oin,
       s.iban AS seller_iban, b.kvk_number AS buyer_kvk, b.oin AS buyer_oin,
       (SELECT json_agg (json_build_object ('id', l.id, 'no', l.no) ORDER BY l.no)
        FROM pipeline.order_line l WHERE l.order_id = o.id) AS lines,
       (SELECT json_agg (json_build_object ('vat', r.vat, 'net_cents', 0, 'vat_cents', 0, 'percentage',
                pipeline.vat_percent (r.vat, coalesce (v.vat_day, pipeline.day_of (:call_now::timestamptz)))))
        FROM unnest (ARRAY ['high', 'low', 'zero']) AS r (vat)) AS rates
FROM pipeline.purchase_order o
LEFT JOIN pipeline.invoice v ON v.order_id = o.id AND v.number = :invoice_number::text AND v.issued_at IS NOT NULL
LEFT JOIN pipeline.known_organisation s ON s.id = o.supplier_id
LEFT JOIN pipeline.known_organisation b ON b.id = o.buyer_id
WHERE o.supplier_id = :call_org::uuid
  AND (:invoice_number::text IS NULL OR v.id IS NOT NULL)
  AND (:order_reference::text IS NULL OR o.reference = :order_reference::text
       OR o.id::text = lower (:order_reference::text))
LIMIT 2
