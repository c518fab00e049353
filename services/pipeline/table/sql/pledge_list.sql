-- Pledges at the tables where the caller sits, and its own, oldest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.pledge_record r
WHERE (:ask_id::uuid IS NULL OR r.ask_id = :ask_id::uuid)
  AND (:round_id::uuid IS NULL OR r.round_id = :round_id::uuid)
  AND (:mine::boolean IS NOT TRUE OR r.financier_id = app.org ())
  AND (:call_cursor::text IS NULL OR r.id > pipeline.cursor_id (:call_cursor))
ORDER BY r.id
LIMIT :call_rows::int
