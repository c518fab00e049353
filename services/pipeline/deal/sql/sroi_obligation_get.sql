-- One obligation of the caller, or to the caller.
SELECT * FROM pipeline.sroi_obligation_record WHERE id = ANY (:call_targets::uuid[])
