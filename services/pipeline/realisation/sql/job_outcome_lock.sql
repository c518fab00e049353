-- Holds a count of jobs while it moves.
SELECT 1 FROM pipeline.job_outcome WHERE id = :call_target::uuid FOR UPDATE
