-- A mentor is proposed to an initiative of a round of the caller's; proposals to one mentor wait for each other.
INSERT INTO pipeline.pairing (id, initiative_id, mentor_id, round_id, applicant_id, organisation_id, manager_id, account_id, hours, state, created_at)
SELECT :call_id::uuid, i.id, m.id, i.round_id, i.applicant_id, m.organisation_id, i.manager_id, m.account_id, :hours::bigint, 'proposed',
       :call_now::timestamptz
FROM pipeline.mentor m
JOIN pipeline.initiative i ON i.id = :initiative_id::uuid AND i.programme_id = m.programme_id AND i.applicant_id <> m.organisation_id
     AND m.organisation_id <> ALL (i.co_applicant_ids)
CROSS JOIN LATERAL pg_advisory_xact_lock (hashtextextended (m.id::text, 2)) AS held
WHERE m.id = :mentor_id::uuid AND m.state = 'active' AND i.manager_id = :call_org::uuid
RETURNING id
