-- One mentor.
SELECT m.* FROM pipeline.mentor_record m WHERE m.id = ANY (:call_targets::uuid[])
