-- Brings the claim to the state that the step leads to. Who verified it is known as long as it counts.
UPDATE pipeline.impact_claim
SET state = :call_state::text, version = version + 1,
    verified_by = CASE WHEN :call_state::text = 'verified' THEN :call_org::uuid END,
    verified_at = CASE WHEN :call_state::text = 'verified' THEN :call_now::timestamptz END
WHERE id = :call_target::uuid
RETURNING id
