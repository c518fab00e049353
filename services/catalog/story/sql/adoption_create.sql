-- The caller's city takes over a published story.
INSERT INTO catalog.adoption
       (id, story_id, story_title, story_city_id, city_id, plan, fictional, state, created_at)
SELECT :call_id::uuid, s.id, s.title, s.city_id, c.id, :plan, :fictional::boolean, 'intended',
       :call_now::timestamptz
  FROM catalog.story s, catalog.organisation c
 WHERE s.id = :story_id::uuid AND s.state = 'published'
   AND c.id = :call_org::uuid AND c.kind = 'municipality' AND c.state = 'admitted'
RETURNING id
