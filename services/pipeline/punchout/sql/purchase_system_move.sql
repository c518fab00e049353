-- Brings the connection to the state that the step leads to.
UPDATE pipeline.purchase_system SET state = :call_state::text, version = version + 1 WHERE id = :call_target::uuid RETURNING id
