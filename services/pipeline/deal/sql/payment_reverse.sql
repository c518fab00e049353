-- When it was told that the bank took it back, and why.
UPDATE pipeline.payment SET reversed_at = :call_now::timestamptz, reverse_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
