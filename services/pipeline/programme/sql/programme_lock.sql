-- Holds a programme while it moves.
SELECT 1 FROM pipeline.programme WHERE id = :call_target::uuid FOR UPDATE
