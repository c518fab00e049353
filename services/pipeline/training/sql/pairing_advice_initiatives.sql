-- The initiatives in the programme of a round of the caller's that have nobody in this role yet.
SELECT i.id, i.title, lower (concat_ws (' ', i.title, i.summary, i.plan)) AS words, array_to_string (i.goals, ' ') AS goals,
       m.latitude_e5, m.longitude_e5
FROM pipeline.initiative i
LEFT JOIN app.municipality m ON m.code = i.municipality
WHERE i.round_id = :id::uuid AND i.manager_id = :call_org::uuid AND i.state = 'in_programme'
  AND NOT EXISTS (SELECT FROM pipeline.pairing p JOIN pipeline.mentor w ON w.id = p.mentor_id
                  WHERE p.initiative_id = i.id AND p.state IN ('proposed', 'half', 'active') AND w.role = coalesce (:role, 'mentor'))
ORDER BY i.id
LIMIT 100
