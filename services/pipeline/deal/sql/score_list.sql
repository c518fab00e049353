-- Of a need, or the caller's own, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.score_record r
WHERE r.buyer_id = app.org () AND (:need_id::uuid IS NULL OR r.need_id = :need_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
