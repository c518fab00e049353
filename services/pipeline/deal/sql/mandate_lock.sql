-- Holds a mandate while it moves.
SELECT 1 FROM pipeline.mandate WHERE id = :call_target::uuid FOR UPDATE
