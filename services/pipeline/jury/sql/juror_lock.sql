-- Holds a juror while they move.
SELECT 1 FROM pipeline.juror WHERE id = :call_target::uuid FOR UPDATE
