-- One at a time per agreement: all that touches its lines takes this lock first.
SELECT id FROM pipeline.agreement WHERE id = :call_target::uuid FOR NO KEY UPDATE
