-- One quote that the caller wrote, or that was handed in to the caller.
SELECT * FROM pipeline.quote_record WHERE id = ANY (:call_targets::uuid[])
