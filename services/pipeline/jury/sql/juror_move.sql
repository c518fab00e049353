-- Moves a juror to another state.
UPDATE pipeline.juror SET state = :call_state, version = version + 1 WHERE id = :call_target::uuid RETURNING id
