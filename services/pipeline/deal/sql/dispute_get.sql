-- One dispute of the caller's, or before the caller.
SELECT * FROM pipeline.dispute_record WHERE id = ANY (:call_targets::uuid[])
