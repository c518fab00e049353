-- One refund by or to the caller.
SELECT * FROM pipeline.refund_record WHERE id = ANY (:call_targets::uuid[])
