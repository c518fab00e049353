-- One return of an order of the caller's.
SELECT * FROM pipeline.goods_return_record WHERE id = ANY (:call_targets::uuid[])
