-- Keeps why, and counts it no longer.
WITH of_payment AS (
    UPDATE pipeline.payment p SET refunded_cents = p.refunded_cents - r.amount_cents
    FROM pipeline.refund r WHERE r.id = :call_target::uuid AND p.id = r.payment_id
), of_invoice AS (
    UPDATE pipeline.invoice v SET refunded_cents = v.refunded_cents - r.amount_cents
    FROM pipeline.refund r WHERE r.id = :call_target::uuid AND v.id = r.invoice_id
)
UPDATE pipeline.refund SET reverse_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
