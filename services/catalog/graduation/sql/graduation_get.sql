-- One graduation.
SELECT g.* FROM catalog.graduation_record g WHERE g.id = ANY (:call_targets::uuid[])
