-- One step of a payment at a time.
SELECT id FROM pipeline.payment WHERE id = :call_target::uuid FOR NO KEY UPDATE
