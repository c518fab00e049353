-- Moves a programme to another state.
UPDATE pipeline.programme SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
