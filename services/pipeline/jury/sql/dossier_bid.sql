-- Whether the caller wants to judge a dossier that they may read, while the jury scores.
INSERT INTO pipeline.bid (juror_id, dossier_id, account_id, manager_id, wish)
SELECT j.id, d.id, j.account_id, j.manager_id, :wish
FROM pipeline.dossier d
JOIN pipeline.juror j ON j.round_id = d.round_id AND j.account_id = app.account () AND j.state = 'active'
JOIN pipeline.round r ON r.id = d.round_id AND r.state = 'scoring'
WHERE d.id = :id::uuid
ON CONFLICT (juror_id, dossier_id) DO UPDATE SET wish = excluded.wish
RETURNING dossier_id
