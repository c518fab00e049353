-- Extensions that the caller gave or got, newest first.
SELECT r.*, r.id::text AS cursor
FROM pipeline.extension_record r
WHERE app.org () IN (r.manager_id, r.applicant_id)
  AND (:round_id::uuid IS NULL OR r.round_id = :round_id::uuid)
  AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor::text))
ORDER BY r.id DESC
LIMIT :call_rows::int
