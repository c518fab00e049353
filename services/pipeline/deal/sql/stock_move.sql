-- Brings the stock to the state that the step leads to.
UPDATE pipeline.stock SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
