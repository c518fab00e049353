-- Holds a claim while it moves.
SELECT 1 FROM pipeline.claimed_figure WHERE id = :call_target::uuid FOR UPDATE
