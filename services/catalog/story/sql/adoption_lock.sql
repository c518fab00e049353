-- Holds an adoption while it moves.
SELECT 1 FROM catalog.adoption WHERE id = :call_target::uuid FOR UPDATE
