-- A partner gets a seat in a programme of the caller's.
INSERT INTO pipeline.seat
       (id, programme_id, manager_id, organisation_id, role, valid_from, valid_until, votes, state)
SELECT :call_id::uuid, p.id, p.manager_id, :organisation_id::uuid, :role, :valid_from::date,
       :valid_until::date, coalesce (:votes::bigint, 1), 'taken'
  FROM pipeline.programme p
 WHERE p.id = :programme_id::uuid AND p.manager_id = :call_org::uuid AND p.state = 'active'
RETURNING id
