-- Moves an appeal to another state.
UPDATE catalog.appeal SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
