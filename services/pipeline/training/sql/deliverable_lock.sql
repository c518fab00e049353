-- Holds a deliverable while it moves.
SELECT 1 FROM pipeline.deliverable WHERE id = :call_target::uuid FOR UPDATE
