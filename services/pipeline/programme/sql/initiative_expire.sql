-- Not answered in time: it is not eligible for that reason, and the applicant can object.
UPDATE pipeline.initiative i
SET criterion = 'no_answer', drop_reason = 'Er kwam geen antwoord binnen de termijn.',
    object_by = :call_now::timestamptz + make_interval (days => (SELECT r.object_days::integer FROM pipeline.round r WHERE r.id = i.round_id))
WHERE i.id = :call_target::uuid
RETURNING i.id
