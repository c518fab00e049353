-- Holds a list while it changes.
SELECT 1 FROM catalog.favourite_list WHERE id = :call_target::uuid FOR UPDATE
