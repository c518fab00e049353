-- A new round of a programme of the caller's.
INSERT INTO pipeline.round
       (id, programme_id, manager_id, number, opens_at, closes_at, present_quota, select_min,
        select_max, fictional, state, created_at)
SELECT :call_id::uuid, p.id, p.manager_id, :number::bigint, :opens_at::timestamptz,
       :closes_at::timestamptz, :present_quota::bigint, :select_min::bigint, :select_max::bigint,
       :fictional::boolean, 'announced', :call_now::timestamptz
  FROM pipeline.programme p
 WHERE p.id = :programme_id::uuid AND p.manager_id = :call_org::uuid AND p.state = 'active'
RETURNING id
