-- Holds a milestone while it moves.
SELECT 1 FROM pipeline.milestone WHERE id = :call_target::uuid FOR UPDATE
