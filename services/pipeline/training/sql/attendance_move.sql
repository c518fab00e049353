-- Moves an attendance to another state.
UPDATE pipeline.attendance SET state = :call_state, version = version + 1 WHERE id = :call_target::uuid RETURNING id
