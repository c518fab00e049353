-- Pairings of the caller, newest first.
SELECT p.*, p.id::text AS cursor
FROM pipeline.pairing_record p
WHERE (:round_id::uuid IS NULL OR p.round_id = :round_id::uuid)
  AND (:initiative_id::uuid IS NULL OR p.initiative_id = :initiative_id::uuid)
  AND (:call_cursor::text IS NULL OR p.id < pipeline.cursor_id (:call_cursor))
ORDER BY p.id DESC
LIMIT :call_rows::int
