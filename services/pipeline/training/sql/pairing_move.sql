-- Moves a pairing to another state.
UPDATE pipeline.pairing SET state = :call_state, version = version + 1 WHERE id = :call_target::uuid RETURNING id
