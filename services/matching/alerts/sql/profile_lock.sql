-- Holds a search while it moves.
SELECT 1 FROM matching.profile WHERE id = :call_target::uuid FOR UPDATE
