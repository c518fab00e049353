-- Jurors of a round that the caller's organisation runs, or of the caller's organisation; newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.juror_record r
WHERE (:round_id::uuid IS NULL OR r.round_id = :round_id::uuid)
  AND (:mine::boolean IS NOT TRUE OR r.account_id = app.account ())
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor))
ORDER BY r.id DESC
LIMIT :call_rows::int
