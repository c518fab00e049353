-- The mentors of the programme of a round of the caller's in this role, with the hours that they have left.
SELECT w.id, concat_ws (', ', w.name, o.name) AS name, lower (w.skills) AS words, array_to_string (w.goals, ' ') AS goals, w.hours,
       greatest (0, w.hours - pipeline.mentor_promised (w.id)) AS free, m.latitude_e5, m.longitude_e5,
       (SELECT array_to_string (array_agg (i.id ORDER BY i.id), ' ') FROM pipeline.initiative i
        WHERE i.round_id = r.id AND (i.applicant_id = w.organisation_id OR w.organisation_id = ANY (i.co_applicant_ids))) AS own
FROM pipeline.round r
JOIN pipeline.mentor w ON w.programme_id = r.programme_id AND w.state = 'active' AND w.role = coalesce (:role, 'mentor')
LEFT JOIN pipeline.known_organisation o ON o.id = w.organisation_id
LEFT JOIN app.municipality m ON m.code = w.municipality
WHERE r.id = :id::uuid AND r.manager_id = :call_org::uuid
ORDER BY w.id
LIMIT 20
