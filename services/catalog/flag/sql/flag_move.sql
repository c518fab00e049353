-- Moves a report to another state.
UPDATE catalog.flag SET state = :call_state, version = version + 1
 WHERE id = :call_target::uuid
RETURNING id
