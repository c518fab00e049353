-- Attendances as far as the caller may see them, newest first.
SELECT a.*, a.id::text AS cursor
FROM pipeline.attendance_record a
WHERE (:round_id::uuid IS NULL OR a.round_id = :round_id::uuid)
  AND (:meeting_id::uuid IS NULL OR a.meeting_id = :meeting_id::uuid)
  AND (:initiative_id::uuid IS NULL OR a.initiative_id = :initiative_id::uuid)
  AND (:call_cursor::text IS NULL OR a.id < pipeline.cursor_id (:call_cursor))
ORDER BY a.id DESC
LIMIT :call_rows::int
