-- One milestone.
SELECT m.* FROM pipeline.milestone_record m WHERE m.id = ANY (:call_targets::uuid[])
