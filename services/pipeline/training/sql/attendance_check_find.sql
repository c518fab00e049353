-- The meeting of a code, and the initiative of the caller's that comes: the one that is named, or signed up, or the only one.
SELECT m.secret, m.starts_at, m.ends_at, m.state, i.id AS initiative_id, a.id AS attendance_id, a.state AS attendance
FROM pipeline.meeting m
JOIN pipeline.initiative i ON i.round_id = m.round_id AND i.applicant_id = app.org ()
LEFT JOIN pipeline.attendance a ON a.meeting_id = m.id AND a.initiative_id = i.id
WHERE m.id = :meeting_id::uuid AND (i.id = :initiative_id::uuid OR (:initiative_id::uuid IS NULL AND (i.state = 'in_programme' OR a.id IS NOT NULL)))
ORDER BY a.state = 'present' DESC NULLS LAST, a.id IS NULL, i.id
LIMIT 1
