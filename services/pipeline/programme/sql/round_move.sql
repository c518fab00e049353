-- Moves a round to another state.
UPDATE pipeline.round SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
