-- How far an initiative is with the programme: for who applied and who runs the round.
SELECT n.meetings, coalesce (r.certificate_modules, 0) AS meetings_needed, n.accepted, r.certificate_needs AS needed,
       n.meetings >= coalesce (r.certificate_modules, 0)
       AND coalesce (r.certificate_needs, '{}') <@ coalesce (n.accepted, '{}') AS certified
FROM pipeline.initiative i
JOIN pipeline.round r ON r.id = i.round_id
CROSS JOIN LATERAL (
    SELECT (SELECT count (*) FROM pipeline.attendance a JOIN pipeline.meeting m ON m.id = a.meeting_id
            WHERE a.initiative_id = i.id AND a.state = 'present' AND m.kind = 'module') AS meetings,
           (SELECT array_agg (d.kind ORDER BY d.kind) FROM pipeline.deliverable d
            WHERE d.initiative_id = i.id AND d.state = 'accepted') AS accepted) n
WHERE i.id = :id::uuid AND app.org () IN (i.applicant_id, i.manager_id)
