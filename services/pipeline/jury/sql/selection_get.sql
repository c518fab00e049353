-- One, as far as the caller may see it.
SELECT * FROM pipeline.selection_record WHERE id = ANY (:call_targets::uuid[])
