-- Obligations of the caller, or to the caller, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.sroi_obligation_record r
WHERE :call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text)
ORDER BY r.id DESC
LIMIT :call_rows::int
