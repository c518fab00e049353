-- The caller's baskets and those that were ordered for their organisation, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.basket_record r
WHERE (:state::text IS NULL OR r.state = :state::text)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
