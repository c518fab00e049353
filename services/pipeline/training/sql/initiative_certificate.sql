-- What the certificate of an initiative that finished the programme says.
SELECT i.title, p.name AS programme, r.number, o.name AS applicant, w.name AS manager, m.name AS place, i.fictional,
       (i.finished_at AT TIME ZONE 'Europe/Amsterdam')::date AS dated,
       (SELECT count (*) FROM pipeline.attendance a JOIN pipeline.meeting t ON t.id = a.meeting_id
        WHERE a.initiative_id = i.id AND a.state = 'present' AND t.kind = 'module') AS attended,
       (SELECT string_agg (CASE d.kind WHEN 'canvas' THEN 'canvas' WHEN 'test' THEN 'test in de praktijk' WHEN 'impact_plan' THEN 'impactplan'
                           ELSE 'businesscase' END, ', ' ORDER BY d.kind) FROM pipeline.deliverable d
        WHERE d.initiative_id = i.id AND d.state = 'accepted') AS accepted
FROM pipeline.initiative i
JOIN pipeline.round r ON r.id = i.round_id
JOIN pipeline.programme p ON p.id = r.programme_id
LEFT JOIN pipeline.known_organisation o ON o.id = i.applicant_id
LEFT JOIN pipeline.known_organisation w ON w.id = i.manager_id
LEFT JOIN app.municipality m ON m.code = i.municipality
WHERE i.id = :id::uuid AND i.finished_at IS NOT NULL AND app.org () IN (i.applicant_id, i.manager_id)
