-- Records what the buyer is going to pay on an invoice; it counts when it is paid.
-- The order is locked first, as everything of it is.
WITH the_invoice AS (
    SELECT v.id, v.buyer_id, v.supplier_id
    FROM pipeline.purchase_order o JOIN pipeline.invoice v ON v.order_id = o.id
    WHERE v.id = :invoice_id::uuid AND v.buyer_id = :call_org::uuid
    FOR NO KEY UPDATE OF o
)
INSERT INTO pipeline.payment
    (id, invoice_id, buyer_id, supplier_id, amount_cents, iban, pay_on, state, created_at)
SELECT :call_id::uuid, p.id, p.buyer_id, p.supplier_id, :amount_cents::bigint, :iban::text,
       :pay_on::date, 'announced', :call_now::timestamptz
FROM the_invoice p
RETURNING id
