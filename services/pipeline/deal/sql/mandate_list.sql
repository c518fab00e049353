-- Mandates of the caller's organisation, newest first.
SELECT m.*, m.id::text AS cursor
FROM pipeline.mandate m
WHERE m.organisation_id = app.org ()
  AND (:call_cursor::text IS NULL OR m.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY m.id DESC
LIMIT :call_rows::int
