-- What the claimant says, and what is left of the claim.
UPDATE pipeline.impact_claim
SET answer = :answer::text, quantity = coalesce (:quantity::bigint, quantity),
    documents = coalesce (:documents::jsonb, documents)
WHERE id = :call_target::uuid
RETURNING id
