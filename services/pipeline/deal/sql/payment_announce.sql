-- Records what the buyer is going to pay on an invoice; it counts when it is paid.
-- The order is locked first, as everything of it is.
WITH the_invoice AS (
    SELECT v.id, v.buyer_id, v.supplier_id
    FROM pipeline.purchase_order o JOIN pipeline.invoice v ON v.order_id = o.id
    WHERE v.id = :invoice_id::uuid AND v.buyer_id = :call_org::uuid
    FOR NO KEY UPDATE OF o
)
INSERT INTO pipeline.payment
    (id, invoice_id, buyer_id, supplier_id, amount_cents, bank_reference, reference_key, iban, pay_on,
     state, reported_at, created_at)
SELECT :call_id::uuid, p.id, p.buyer_id, p.supplier_id, :amount_cents::bigint, NULL, NULL, :iban::text,
       :pay_on::date, 'announced', NULL, :call_now::timestamptz
FROM the_invoice p
RETURNING id
