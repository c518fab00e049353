-- One purchasing system of the caller's organisation.
SELECT * FROM pipeline.purchase_system_record WHERE id = ANY (:call_targets::uuid[])
