-- From when it counts.
UPDATE pipeline.sroi_credit SET verified_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
