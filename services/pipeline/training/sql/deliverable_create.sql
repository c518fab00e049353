-- Something is asked of an initiative in a round of the caller's.
INSERT INTO pipeline.deliverable (id, initiative_id, round_id, applicant_id, manager_id, kind, due_at, state, created_at)
SELECT :call_id::uuid, i.id, i.round_id, i.applicant_id, i.manager_id, :kind, :due_at::timestamptz, 'asked', :call_now::timestamptz
FROM pipeline.initiative i
WHERE i.id = :initiative_id::uuid AND i.manager_id = :call_org::uuid
RETURNING id
