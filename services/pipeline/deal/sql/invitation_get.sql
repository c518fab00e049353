-- One invitation that the caller sent or got.
SELECT * FROM pipeline.invitation_record WHERE id = ANY (:call_targets::uuid[])
