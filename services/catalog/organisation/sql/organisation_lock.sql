-- Holds an organisation while it moves.
SELECT 1 FROM catalog.organisation WHERE id = :call_target::uuid FOR UPDATE
