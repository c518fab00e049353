-- One invoice that the caller wrote, or that was sent to the caller.
SELECT * FROM pipeline.invoice_record WHERE id = ANY (:call_targets::uuid[])
