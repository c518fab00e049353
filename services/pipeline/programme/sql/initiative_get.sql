-- One initiative.
SELECT r.* FROM pipeline.initiative_record r WHERE r.id = ANY (:call_targets::uuid[])
