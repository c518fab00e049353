-- One order that the caller placed or got.
SELECT * FROM pipeline.order_record WHERE id = ANY (:call_targets::uuid[])
