-- Invoices that the caller wrote, or that were sent to the caller, newest first.
SELECT r.*, pipeline.hand_overs (r.id) AS hand_overs, r.id::text AS cursor
FROM pipeline.invoice_record r
WHERE (:order_id::uuid IS NULL OR r.order_id = :order_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
