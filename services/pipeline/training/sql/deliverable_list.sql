-- Deliverables as far as the caller may see, newest first.
SELECT d.*, d.id::text AS cursor
FROM pipeline.deliverable_record d
WHERE (:round_id::uuid IS NULL OR d.round_id = :round_id::uuid)
  AND (:initiative_id::uuid IS NULL OR d.initiative_id = :initiative_id::uuid)
  AND (:call_cursor::text IS NULL OR d.id < pipeline.cursor_id (:call_cursor))
ORDER BY d.id DESC
LIMIT :call_rows::int
