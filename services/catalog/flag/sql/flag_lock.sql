-- Holds a report while it moves.
SELECT 1 FROM catalog.flag WHERE id = :call_target::uuid FOR UPDATE
