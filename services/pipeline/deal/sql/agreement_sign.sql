-- When the caller's side signed.
UPDATE pipeline.agreement
SET buyer_signed_at = CASE WHEN buyer_id = :call_org::uuid THEN :call_now::timestamptz ELSE buyer_signed_at END,
    supplier_signed_at = CASE WHEN supplier_id = :call_org::uuid THEN :call_now::timestamptz
                              ELSE supplier_signed_at END
WHERE id = :call_target::uuid
RETURNING id
