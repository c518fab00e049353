-- The caller's keys, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.escrow r
WHERE r.handler_id = app.org ()
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
