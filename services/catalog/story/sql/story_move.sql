-- Moves a story to another state.
UPDATE catalog.story SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
