-- Moves a claim to another state.
UPDATE pipeline.claimed_figure SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
