-- Moves an organisation to another state.
UPDATE catalog.organisation SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
