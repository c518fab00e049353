-- Moves an entry to another state.
UPDATE catalog.favourite SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
