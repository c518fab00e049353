-- One at a time.
SELECT id FROM pipeline.appointment WHERE id = :call_target::uuid FOR NO KEY UPDATE
