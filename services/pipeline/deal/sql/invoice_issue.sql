-- From now on the buyer can read it, and nothing on it changes: not even who the two are.
UPDATE pipeline.invoice v
SET issued_at = :call_now::timestamptz,
    seller = pipeline.invoice_party (v.supplier_id), buyer = pipeline.invoice_party (v.buyer_id),
    due_on = coalesce (v.due_on, pipeline.day_of (:call_now::timestamptz)
                                 + coalesce (k.payment_days, 30)::int)
FROM pipeline.known_organisation k
WHERE v.id = :call_target::uuid AND k.id = v.supplier_id
RETURNING v.id
