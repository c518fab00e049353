-- Brings the credit note to the state that the step leads to.
UPDATE pipeline.credit_note SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
