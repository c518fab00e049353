-- One delivery to or of the caller.
SELECT * FROM pipeline.delivery_record WHERE id = ANY (:call_targets::uuid[])
