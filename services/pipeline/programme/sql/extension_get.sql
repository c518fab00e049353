-- One, as far as the caller may see it.
SELECT * FROM pipeline.extension_record WHERE id = ANY (:call_targets::uuid[])
