-- What the screening found, and which criterion decides.
UPDATE pipeline.initiative i
SET checks = :checks::jsonb, criterion = :criterion::text, drop_reason = :reason::text,
    object_by = :call_now::timestamptz + make_interval (days => (SELECT r.object_days::integer FROM pipeline.round r WHERE r.id = i.round_id)),
    handler_id = (SELECT h.handler_id FROM pipeline.appointment h WHERE h.buyer_id = i.manager_id AND h.state = 'appointed')
WHERE i.id = :call_target::uuid
RETURNING i.id
