-- Meetings as far as the caller may see them, by when they begin.
SELECT m.*, m.id::text AS cursor
FROM pipeline.meeting_record m
WHERE (:round_id::uuid IS NULL OR m.round_id = :round_id::uuid)
  AND (:call_cursor::text IS NULL
       OR (m.starts_at, m.id) > (SELECT c.starts_at, c.id FROM pipeline.meeting c WHERE c.id = pipeline.cursor_id (:call_cursor)))
ORDER BY m.starts_at, m.id
LIMIT :call_rows::int
