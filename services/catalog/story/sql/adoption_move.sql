-- Moves an adoption to another state.
UPDATE catalog.adoption SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
