-- One deliverable with its versions.
SELECT d.* FROM pipeline.deliverable_record d WHERE d.id = ANY (:call_targets::uuid[])
