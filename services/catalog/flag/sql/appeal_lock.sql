-- Holds an appeal while it moves.
SELECT 1 FROM catalog.appeal WHERE id = :call_target::uuid FOR UPDATE
