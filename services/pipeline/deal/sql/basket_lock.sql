-- One at a time per basket.
SELECT id FROM pipeline.basket WHERE id = :call_target::uuid FOR NO KEY UPDATE
