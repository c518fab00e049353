-- Holds a seat while it moves.
SELECT 1 FROM pipeline.seat WHERE id = :call_target::uuid FOR UPDATE
