-- Openers of the caller's needs, newest first.
SELECT r.*, pipeline.invites_short (r.need_id) AS invites_short, r.id::text AS cursor
FROM pipeline.opener_record r
WHERE (:need_id::uuid IS NULL OR r.need_id = :need_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
