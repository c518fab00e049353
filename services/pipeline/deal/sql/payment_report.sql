-- Records what the buyer paid on an invoice; within_invoice refuses more than it asks.
WITH paid AS (
    UPDATE pipeline.invoice v SET paid_cents = v.paid_cents + :amount_cents::bigint
    WHERE v.id = :invoice_id::uuid AND v.buyer_id = :call_org::uuid
    RETURNING v.id, v.buyer_id, v.supplier_id
)
INSERT INTO pipeline.payment
    (id, invoice_id, buyer_id, supplier_id, amount_cents, bank_reference, created_at)
SELECT :call_id::uuid, p.id, p.buyer_id, p.supplier_id, :amount_cents::bigint,
       :bank_reference::text, :call_now::timestamptz
FROM paid p
RETURNING id
