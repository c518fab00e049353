-- Appointments that the caller made or has, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.appointment_record r
WHERE :call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text)
ORDER BY r.id DESC
LIMIT :call_rows::int
