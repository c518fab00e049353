-- Until when it may pause: so many weeks as its round says.
UPDATE pipeline.initiative i
SET lapses_at = :call_now::timestamptz + make_interval (weeks => (SELECT r.pause_weeks FROM pipeline.round r WHERE r.id = i.round_id)::int),
    drop_reason = :reason
WHERE i.id = :call_target::uuid
RETURNING id
