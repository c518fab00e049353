-- Assessments as far as the caller may see them, newest first.
SELECT a.id, a.city_id, c.name AS city_name, c.municipality, a.theme, a.as_of, a.criteria, a.level,
       a.evidence_complete, a.fictional, a.state, a.version, a.created_at,
       a.id::text AS cursor
  FROM pipeline.assessment a
  JOIN pipeline.known_organisation c ON c.id = a.city_id
 WHERE (:municipality::text IS NULL OR c.municipality = :municipality)
   AND (:theme::text IS NULL OR a.theme = :theme)
   AND a.state <> 'dropped'
   AND (:call_cursor::text IS NULL OR a.id < pipeline.cursor_id (:call_cursor))
 ORDER BY a.id DESC
 LIMIT :call_rows::int
