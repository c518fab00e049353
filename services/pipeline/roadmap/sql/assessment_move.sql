-- Moves an assessment to another state.
UPDATE pipeline.assessment SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
