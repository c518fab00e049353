-- One agreement of the caller's.
SELECT * FROM pipeline.agreement_record WHERE id = ANY (:call_targets::uuid[])
