-- The parties, the date and the VAT of an order, for the document that says it.
SELECT pipeline.invoice_party (o.supplier_id) - 'iban' AS seller,
       pipeline.invoice_party (o.buyer_id) - 'iban' AS buyer,
       pipeline.day_of (o.created_at) AS placed_on, n.cpv [1] AS cpv,
       (SELECT pipeline.vat_shares (jsonb_agg (jsonb_build_object (
                   'vat', l.vat, 'quantity', l.ordered - l.cancelled, 'unit_price_cents', l.unit_price_cents)),
                                    pipeline.day_of (o.created_at))
        FROM pipeline.order_line l WHERE l.order_id = o.id) AS vat
FROM pipeline.purchase_order o
LEFT JOIN pipeline.need n ON n.id = o.need_id
WHERE o.id = :call_target::uuid
