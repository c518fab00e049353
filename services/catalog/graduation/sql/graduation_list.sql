-- Graduations as far as the caller may see, newest first.
SELECT g.*, g.id::text AS cursor
FROM catalog.graduation_record g
WHERE (:initiative_id::uuid IS NULL OR g.initiative_id = :initiative_id::uuid)
  AND (:round_id::uuid IS NULL OR g.round_id = :round_id::uuid)
  AND (:call_cursor::text IS NULL OR g.id < catalog.cursor_id (:call_cursor))
ORDER BY g.id DESC
LIMIT :call_rows::int
