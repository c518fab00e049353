-- Moves a mentor to another state.
UPDATE pipeline.mentor SET state = :call_state, version = version + 1 WHERE id = :call_target::uuid RETURNING id
