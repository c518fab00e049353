-- One, as far as the caller may see it.
SELECT * FROM pipeline.escrow WHERE id = ANY (:call_targets::uuid[])
