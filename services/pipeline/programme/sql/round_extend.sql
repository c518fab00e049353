-- More time for all, and why.
UPDATE pipeline.round SET extended_from = closes_at, closes_at = :closes_at::timestamptz, extend_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
