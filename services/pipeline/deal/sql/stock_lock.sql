-- Holds a stock while its supplier changes it.
SELECT 1 FROM pipeline.stock WHERE id = :call_target::uuid FOR NO KEY UPDATE
