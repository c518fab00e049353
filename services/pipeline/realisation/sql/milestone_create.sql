-- A milestone of an initiative of the caller's, or in a round of the caller's.
INSERT INTO pipeline.milestone (id, initiative_id, round_id, programme_id, applicant_id, manager_id, what, due_on, state, created_at)
SELECT :call_id::uuid, i.id, i.round_id, i.programme_id, i.applicant_id, i.manager_id, :what, :due_on::date, 'planned', :call_now::timestamptz
FROM pipeline.initiative i
WHERE i.id = :initiative_id::uuid AND :call_org::uuid IN (i.applicant_id, i.manager_id)
RETURNING id
