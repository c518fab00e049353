-- Brings the credit to the state that the step leads to; everybody is told what it comes to.
UPDATE pipeline.sroi_credit SET state = :call_state::text, version = version + 1, told_cents = net_cents
WHERE id = :call_target::uuid
RETURNING id
