-- Published stories, and the city's own concepts, newest first.
WITH found AS (
    SELECT s.* FROM catalog.story s JOIN catalog.organisation c ON c.id = s.city_id
     WHERE s.state <> 'retired'
       AND (:theme::text IS NULL OR s.theme = :theme)
       AND (:municipality::text IS NULL OR c.municipality = :municipality)
)
SELECT s.id, s.city_id, c.name AS city_name, c.municipality, s.kind, s.theme, s.title, s.problem,
       s.approach, s.result, s.fictional,
       (SELECT count (*) FROM catalog.adoption a WHERE a.story_id = s.id) AS adoptions,
       s.state, s.version, s.created_at,
       s.id::text AS cursor, (SELECT count (*) FROM found) AS total
  FROM found s
  JOIN catalog.organisation c ON c.id = s.city_id
 WHERE :call_cursor::text IS NULL OR s.id < catalog.cursor_id (:call_cursor)
 ORDER BY s.id DESC
 LIMIT :call_rows::int
