-- Moves an offer to another state.
UPDATE catalog.offer SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
