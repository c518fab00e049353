-- One at a time.
SELECT id FROM pipeline.escrow WHERE id = :call_target::uuid FOR NO KEY UPDATE
