-- One payment by or to the caller.
SELECT * FROM pipeline.payment_record WHERE id = :call_target::uuid
