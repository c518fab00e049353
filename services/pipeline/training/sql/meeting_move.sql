-- Moves a meeting to another state.
UPDATE pipeline.meeting SET state = :call_state, version = version + 1 WHERE id = :call_target::uuid RETURNING id
