-- Brings the policy to the state that the step leads to.
UPDATE pipeline.purchase_policy SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
