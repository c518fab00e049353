-- Moves a list to another state.
UPDATE catalog.favourite_list SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
