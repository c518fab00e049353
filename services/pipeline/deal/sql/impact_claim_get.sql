-- One claim of the caller's, or before the caller.
SELECT * FROM pipeline.impact_claim_record WHERE id = ANY (:call_targets::uuid[])
