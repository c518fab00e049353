-- Holds an entry while it changes.
SELECT 1 FROM catalog.favourite WHERE id = :call_target::uuid FOR UPDATE
