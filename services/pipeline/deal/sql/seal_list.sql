-- Seals on needs that the caller may see, newest first; the handler's and buyer's own unless a need is named.
SELECT r.*, r.id::text AS cursor
FROM pipeline.seal_record r
WHERE (r.need_id = :need_id::uuid OR :need_id::uuid IS NULL AND app.org () IN (r.buyer_id, r.handler_id))
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
