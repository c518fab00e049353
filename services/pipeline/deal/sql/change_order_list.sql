-- Change orders of agreements of the caller, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.change_order_record r
WHERE (:agreement_id::uuid IS NULL OR r.agreement_id = :agreement_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
