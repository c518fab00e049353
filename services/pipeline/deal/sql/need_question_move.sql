-- Brings the question to the state that the step leads to.
UPDATE pipeline.need_question SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
