-- What the bank calls it, and when that was told.
UPDATE pipeline.payment
SET bank_reference = :bank_reference::text, reported_at = :call_now::timestamptz,
    reference_key = pipeline.reference_key (:bank_reference::text)
WHERE id = :call_target::uuid
RETURNING id
