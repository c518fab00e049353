-- A new programme: public at once, so only an admitted organisation sets one up.
INSERT INTO pipeline.programme
       (id, manager_id, name, region, goals, target_groups, fictional, state, created_at)
SELECT :call_id::uuid, o.id, :name, :region, :goals::text[], :target_groups::text[],
       :fictional::boolean, 'active', :call_now::timestamptz
  FROM pipeline.known_organisation o
 WHERE o.id = :call_org::uuid AND o.state = 'admitted'
RETURNING id
