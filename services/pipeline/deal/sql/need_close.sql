-- From now on nobody quotes.
UPDATE pipeline.need SET closed_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
