-- Refunds by or to the caller, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.refund_record r
WHERE (:invoice_id::uuid IS NULL OR r.invoice_id = :invoice_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
