-- Quotes that the caller wrote, or that were handed in to the caller, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.quote_record r
WHERE app.org () IN (r.supplier_id, r.buyer_id) AND (:need_id::uuid IS NULL OR r.need_id = :need_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
