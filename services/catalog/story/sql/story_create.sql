-- A new story of the caller's city; only an admitted municipality speaks for a city.
INSERT INTO catalog.story
       (id, city_id, kind, theme, title, problem, approach, result, fictional, state, created_at)
SELECT :call_id::uuid, c.id, :kind, :theme, :title, :problem, :approach, :result,
       :fictional::boolean, 'draft', :call_now::timestamptz
  FROM catalog.organisation c
 WHERE c.id = :call_org::uuid AND c.kind = 'municipality' AND c.state = 'admitted'
RETURNING id
