-- One delivery to or of the caller.
SELECT * FROM pipeline.delivery_record WHERE id = :call_target::uuid
