-- One juror.
SELECT r.* FROM pipeline.juror_record r WHERE r.id = ANY (:call_targets::uuid[])
