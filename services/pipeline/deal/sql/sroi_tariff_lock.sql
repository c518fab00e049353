-- Holds the tariff while it moves.
SELECT id FROM pipeline.sroi_tariff WHERE id = :call_target::uuid FOR NO KEY UPDATE
