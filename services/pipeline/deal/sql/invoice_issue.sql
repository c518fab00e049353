-- From now on the buyer can read it, and nothing on it changes: not even who the two are. It also
-- leaves the platform, where the buyer wants that.
WITH out AS (
    INSERT INTO pipeline.hand_over (document_id, kind, way, supplier_id, buyer_id, due_at, try_at)
    SELECT v.id, 'invoice', w.way, v.supplier_id, v.buyer_id, :call_now::timestamptz,
           :call_now::timestamptz
    FROM pipeline.invoice v CROSS JOIN unnest (ARRAY ['mail', 'peppol']) AS w (way)
    WHERE v.id = :call_target::uuid
)
UPDATE pipeline.invoice v
SET issued_at = :call_now::timestamptz,
    seller = pipeline.invoice_party (v.supplier_id), buyer = pipeline.invoice_party (v.buyer_id),
    due_on = coalesce (v.due_on, pipeline.day_of (:call_now::timestamptz)
                                 + coalesce (k.payment_days, 30)::int)
FROM pipeline.known_organisation k
WHERE v.id = :call_target::uuid AND k.id = v.supplier_id
RETURNING v.id
