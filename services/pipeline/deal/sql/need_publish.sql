-- From now on it is public, for good.
UPDATE pipeline.need SET published_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
