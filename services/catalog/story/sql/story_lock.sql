-- Holds a story while it moves.
SELECT 1 FROM catalog.story WHERE id = :call_target::uuid FOR UPDATE
