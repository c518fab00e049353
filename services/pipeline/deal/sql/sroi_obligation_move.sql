-- Brings the obligation to the state that the step leads to.
UPDATE pipeline.sroi_obligation SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
