-- Moves a deliverable to another state.
UPDATE pipeline.deliverable SET state = :call_state, version = version + 1 WHERE id = :call_target::uuid RETURNING id
