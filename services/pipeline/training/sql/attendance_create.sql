-- An initiative gets a place at a meeting; whoever comes at the same time waits, so that the last place goes to one.
INSERT INTO pipeline.attendance (id, meeting_id, initiative_id, round_id, applicant_id, manager_id, host_id, state, created_at)
SELECT :call_id::uuid, m.id, i.id, m.round_id, i.applicant_id, m.manager_id, m.host_id, 'signed_up', :call_now::timestamptz
FROM pipeline.meeting m
JOIN pipeline.initiative i ON i.id = :initiative_id::uuid AND i.round_id = m.round_id
CROSS JOIN LATERAL pg_advisory_xact_lock (hashtextextended (m.id::text, 1)) AS held
WHERE m.id = :meeting_id::uuid AND app.org () IN (i.applicant_id, m.manager_id)
RETURNING id
