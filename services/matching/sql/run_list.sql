-- The caller's kept rankings of a need, newest first.
SELECT id, need_id, buyer_id, made_at, hash, id::text AS cursor
FROM matching.run
WHERE need_id = :id::uuid AND (:call_cursor::text IS NULL OR id < :call_cursor::uuid)
ORDER BY id DESC
LIMIT :call_rows::int
