-- Of a round, or all that the caller may see, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.selection_record r
WHERE (:round_id::uuid IS NULL OR r.round_id = :round_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
