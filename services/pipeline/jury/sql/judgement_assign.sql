-- A juror of a round is to judge an initiative that is presented in it.
INSERT INTO pipeline.judgement (id, round_id, dossier_id, juror_id, account_id, organisation_id, manager_id, created_at)
SELECT :call_id::uuid, j.round_id, d.id, j.id, j.account_id, j.organisation_id, j.manager_id, :call_now::timestamptz
FROM pipeline.juror j
JOIN pipeline.dossier d ON d.round_id = j.round_id AND d.initiative_id = :initiative_id::uuid AND d.state = 'shown'
WHERE j.id = :juror_id::uuid AND j.state = 'active' AND j.manager_id = app.org ()
RETURNING id
