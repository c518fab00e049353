-- One payment by or to the caller.
SELECT * FROM pipeline.payment_record WHERE id = ANY (:call_targets::uuid[])
