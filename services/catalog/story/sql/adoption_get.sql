-- One adoption with the city that does it.
SELECT a.id, a.story_id, a.story_title, a.story_city_id, a.city_id, c.name AS city_name,
       c.municipality, a.plan, a.result, a.lesson, a.fictional, a.state, a.version, a.created_at
  FROM catalog.adoption a
  JOIN catalog.organisation c ON c.id = a.city_id
 WHERE a.id = ANY (:call_targets::uuid[])
