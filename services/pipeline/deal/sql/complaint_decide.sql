-- Keeps what was decided, and why.
UPDATE pipeline.complaint SET verdict = :verdict::text, decision = :decision::text, decided_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
