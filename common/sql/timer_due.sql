-- Whose moment has come, by the database's clock; the longest ago first.
SELECT noun, thing_id::text, command, org::text, due_at
FROM timer
WHERE try_at <= clock_timestamp ()
ORDER BY try_at
LIMIT 32
