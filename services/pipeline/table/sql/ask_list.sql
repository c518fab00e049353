-- Asks at the tables where the caller sits, and its own, by title; of some the caller may not know that any more.
SELECT r.*, r.id::text AS cursor
FROM pipeline.ask_record r
WHERE (:round_id::uuid IS NULL OR r.round_id = :round_id::uuid)
  AND (:initiative_id::uuid IS NULL OR r.initiative_id = :initiative_id::uuid)
  AND (:call_cursor::text IS NULL
       OR (coalesce (lower (r.title), ''), r.id) > (SELECT coalesce (lower (c.title), ''), c.id FROM pipeline.ask_record c WHERE c.id = pipeline.cursor_id (:call_cursor)))
ORDER BY coalesce (lower (r.title), ''), r.id
LIMIT :call_rows::int
