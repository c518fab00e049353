-- Brings it to the state that the step leads to.
UPDATE pipeline.selection SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
