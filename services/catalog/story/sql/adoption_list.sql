-- Adoptions by story or city, newest first.
SELECT a.id, a.story_id, a.story_title, a.story_city_id, a.city_id, c.name AS city_name,
       c.municipality, a.plan, a.result, a.lesson, a.fictional, a.state, a.version, a.created_at,
       a.id::text AS cursor
  FROM catalog.adoption a
  JOIN catalog.organisation c ON c.id = a.city_id
 WHERE (:story_id::uuid IS NULL OR a.story_id = :story_id::uuid)
   AND (:municipality::text IS NULL OR c.municipality = :municipality)
   AND (:call_cursor::text IS NULL OR a.id < catalog.cursor_id (:call_cursor))
 ORDER BY a.id DESC
 LIMIT :call_rows::int
