-- One assessment with its city.
SELECT a.id, a.city_id, c.name AS city_name, c.municipality, a.theme, a.as_of, a.criteria, a.level,
       a.evidence_complete, a.fictional, a.state, a.version, a.created_at
  FROM pipeline.assessment a
  JOIN pipeline.known_organisation c ON c.id = a.city_id
 WHERE a.id = ANY (:call_targets::uuid[])
