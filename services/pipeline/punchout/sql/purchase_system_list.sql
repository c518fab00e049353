-- The purchasing systems of the caller's organisation, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.purchase_system_record r
WHERE :call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text)
ORDER BY r.id DESC
LIMIT :call_rows::int
