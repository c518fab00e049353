-- Holds an offer while it moves.
SELECT 1 FROM catalog.offer WHERE id = :call_target::uuid FOR UPDATE
