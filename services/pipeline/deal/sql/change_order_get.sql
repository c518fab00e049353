-- One change order of an agreement of the caller's.
SELECT * FROM pipeline.change_order_record WHERE id = ANY (:call_targets::uuid[])
