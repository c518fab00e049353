-- Why the claimant appeals.
UPDATE pipeline.impact_claim SET appeal_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
