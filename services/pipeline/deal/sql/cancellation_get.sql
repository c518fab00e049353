-- One cancellation of an order of the caller's.
SELECT * FROM pipeline.cancellation_record WHERE id = ANY (:call_targets::uuid[])
