-- Holds a mentor while they change.
SELECT 1 FROM pipeline.mentor WHERE id = :call_target::uuid FOR UPDATE
