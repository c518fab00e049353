-- Holds the credit while it moves.
SELECT id FROM pipeline.sroi_credit WHERE id = :call_target::uuid FOR NO KEY UPDATE
