-- A new assessment of the caller's city; only an admitted municipality speaks for a city.
INSERT INTO pipeline.assessment (id, city_id, theme, as_of, criteria, fictional, state, created_at)
SELECT :call_id::uuid, c.id, :theme, :as_of::date, :criteria::jsonb, :fictional::boolean,
'draft',
       :call_now::timestamptz
  FROM pipeline.known_organisation c
 WHERE c.id = :call_org::uuid AND c.kind = 'municipality' AND c.state = 'admitted'
RETURNING id
