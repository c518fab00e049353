-- One invitation that the caller sent or got.
SELECT * FROM pipeline.invitation_record WHERE id = :call_target::uuid
