-- One at a time per order: all that touches its lines takes this lock first.
SELECT id FROM pipeline.purchase_order WHERE id = :call_target::uuid FOR NO KEY UPDATE
