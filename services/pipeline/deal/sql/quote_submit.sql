-- From now on the buyer can read it; a sealed one, from the opening on.
UPDATE pipeline.quote SET submitted_at = :call_now::timestamptz, received_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
