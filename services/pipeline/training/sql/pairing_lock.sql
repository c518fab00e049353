-- Holds a pairing while it moves.
SELECT 1 FROM pipeline.pairing WHERE id = :call_target::uuid FOR UPDATE
