-- What is asked, until when it can be answered, and who would decide on an objection.
UPDATE pipeline.initiative i
SET question = :reason::text, answer = NULL,
    answer_by = :call_now::timestamptz + make_interval (days => (SELECT r.answer_days::integer FROM pipeline.round r WHERE r.id = i.round_id)),
    handler_id = (SELECT h.handler_id FROM pipeline.appointment h WHERE h.buyer_id = i.manager_id AND h.state = 'appointed')
WHERE i.id = :call_target::uuid
RETURNING i.id
