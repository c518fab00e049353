-- The change that was just made.
SELECT :call_id::uuid AS id
