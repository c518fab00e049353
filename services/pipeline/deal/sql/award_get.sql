-- One, as far as the caller may see it.
SELECT * FROM pipeline.award_record WHERE id = ANY (:call_targets::uuid[])
