-- One at a time per system.
SELECT id FROM pipeline.purchase_system WHERE id = :call_target::uuid FOR NO KEY UPDATE
