-- One dispute of the caller's, or before the caller.
SELECT * FROM pipeline.dispute WHERE id = ANY (:call_targets::uuid[])
