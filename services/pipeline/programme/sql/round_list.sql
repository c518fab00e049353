-- Rounds, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.round_record r
WHERE (:programme_id::uuid IS NULL OR r.programme_id = :programme_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor))
ORDER BY r.id DESC
LIMIT :call_rows::int
