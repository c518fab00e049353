-- Holds the obligation while it moves.
SELECT id FROM pipeline.sroi_obligation WHERE id = :call_target::uuid FOR NO KEY UPDATE
