-- Stocks of an offer, or of all, newest first.
SELECT s.*, greatest (0, s.units - s.ordered) AS left, s.id::text AS cursor
FROM pipeline.stock s
WHERE (:offer_id::uuid IS NULL OR s.offer_id = :offer_id::uuid)
  AND (:call_cursor::text IS NULL OR s.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY s.id DESC
LIMIT :call_rows::int
