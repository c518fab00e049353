-- The newest kept rankings of all needs that the caller may read.
SELECT id, need_id, buyer_id, made_at, hash, id::text AS cursor
FROM matching.run
WHERE :call_cursor::text IS NULL OR id < :call_cursor::uuid
ORDER BY id DESC
LIMIT :call_rows::int
