-- Moves a seat to another state.
UPDATE pipeline.seat SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
