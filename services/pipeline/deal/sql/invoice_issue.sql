-- From now on the buyer can read it.
UPDATE pipeline.invoice SET issued_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
