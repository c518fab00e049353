-- Records what the buyer paid on an invoice.
-- The order is locked first, as everything of it is; invoice_law refuses more than is asked, and what is
-- in dispute.
WITH the_invoice AS (
    SELECT v.id, v.buyer_id, v.supplier_id
    FROM pipeline.purchase_order o JOIN pipeline.invoice v ON v.order_id = o.id
    WHERE v.id = :invoice_id::uuid AND v.buyer_id = :call_org::uuid
    FOR NO KEY UPDATE OF o
), paid AS (
    UPDATE pipeline.invoice v SET paid_cents = v.paid_cents + :amount_cents::bigint
    FROM the_invoice i
    WHERE v.id = i.id
    RETURNING v.id, v.buyer_id, v.supplier_id
)
INSERT INTO pipeline.payment
    (id, invoice_id, buyer_id, supplier_id, amount_cents, bank_reference, reference_key, iban, state, reported_at, created_at)
SELECT :call_id::uuid, p.id, p.buyer_id, p.supplier_id, :amount_cents::bigint, :bank_reference::text,
       pipeline.reference_key (:bank_reference::text), :iban::text,
       'reported', :call_now::timestamptz, :call_now::timestamptz
FROM paid p
RETURNING id
