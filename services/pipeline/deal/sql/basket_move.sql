-- Brings the basket to the state that the step leads to; ordered, it has to be what its orders come to.
UPDATE pipeline.basket SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
