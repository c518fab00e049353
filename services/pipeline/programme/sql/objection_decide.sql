-- Keeps what was decided, and why.
UPDATE pipeline.objection SET upheld = :upheld::boolean, decision = :decision::text, decided_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
