-- Records what the caller paid back of a payment; within_payment refuses more than was paid.
WITH the_payment AS (
    SELECT p.id, p.invoice_id, p.buyer_id, p.supplier_id
    FROM pipeline.purchase_order o
    JOIN pipeline.invoice v ON v.order_id = o.id
    JOIN pipeline.payment p ON p.invoice_id = v.id
    WHERE p.id = :payment_id::uuid AND p.supplier_id = :call_org::uuid
    FOR NO KEY UPDATE OF o
), of_payment AS (
    UPDATE pipeline.payment p SET refunded_cents = p.refunded_cents + :amount_cents::bigint
    FROM the_payment t WHERE p.id = t.id
), of_invoice AS (
    UPDATE pipeline.invoice v SET refunded_cents = v.refunded_cents + :amount_cents::bigint
    FROM the_payment t WHERE v.id = t.invoice_id
)
INSERT INTO pipeline.refund
    (id, payment_id, invoice_id, buyer_id, supplier_id, amount_cents, bank_reference, reference_key,
     borne_by, reason, created_at)
SELECT :call_id::uuid, t.id, t.invoice_id, t.buyer_id, t.supplier_id, :amount_cents::bigint,
       :bank_reference::text, pipeline.reference_key (:bank_reference::text), :borne_by::text,
       :reason::text, :call_now::timestamptz
FROM the_payment t
RETURNING id
