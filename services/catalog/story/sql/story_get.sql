-- One story with its city; cities that tell stories are admitted, so everybody may see their names.
SELECT s.id, s.city_id, c.name AS city_name, c.municipality, s.kind, s.theme, s.title, s.problem,
       s.approach, s.result, s.fictional,
       (SELECT count (*) FROM catalog.adoption a WHERE a.story_id = s.id) AS adoptions,
       s.state, s.version, s.created_at
  FROM catalog.story s
  JOIN catalog.organisation c ON c.id = s.city_id
 WHERE s.id = ANY (:call_targets::uuid[])
