-- One mandate of the caller's organisation.
SELECT * FROM pipeline.mandate WHERE id = ANY (:call_targets::uuid[])
