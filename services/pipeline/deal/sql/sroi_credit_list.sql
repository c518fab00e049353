-- Credits of the caller, before the caller, or for the caller's work, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.sroi_credit_record r
WHERE (:obligation_id::uuid IS NULL OR r.obligation_id = :obligation_id::uuid)
  AND (:order_id::uuid IS NULL OR r.order_id = :order_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
