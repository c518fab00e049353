-- Brings the change order to the state that the step leads to.
UPDATE pipeline.change_order SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
