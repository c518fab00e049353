-- A meeting in the programme of a round of the caller's.
INSERT INTO pipeline.meeting
    (id, round_id, programme_id, manager_id, host_id, kind, number, title, starts_at, ends_at, place, capacity, fictional, state, created_at)
SELECT :call_id::uuid, r.id, r.programme_id, r.manager_id, :host_id::uuid, :kind, :number::bigint, :title, :starts_at::timestamptz,
       :ends_at::timestamptz, :place, :capacity::bigint, r.fictional, 'planned', :call_now::timestamptz
FROM pipeline.round r
WHERE r.id = :round_id::uuid AND r.manager_id = :call_org::uuid
RETURNING id
