-- One credit of the caller, before the caller, or for the caller's work.
SELECT * FROM pipeline.sroi_credit_record WHERE id = ANY (:call_targets::uuid[])
