-- From here on it bars them, by what they say themselves.
INSERT INTO pipeline.conflict (round_id, account_id, initiative_id, manager_id, kind, note, declared_at)
SELECT d.round_id, app.account (), d.initiative_id, d.manager_id, 'other', left (:reason::text, 500), :call_now::timestamptz
FROM pipeline.judgement j JOIN pipeline.dossier d ON d.id = j.dossier_id
WHERE j.id = :id::uuid
ON CONFLICT DO NOTHING
