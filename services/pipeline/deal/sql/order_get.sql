-- One order that the caller placed or got.
SELECT * FROM pipeline.order_record WHERE id = :call_target::uuid
