-- When the supplier said that it came.
UPDATE pipeline.payment SET confirmed_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
