-- Moves a search to another state.
UPDATE matching.profile SET state = :call_state, version = version + 1 WHERE id = :call_target::uuid RETURNING id
