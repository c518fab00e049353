-- One initiative, with what its guards ask about the round.
SELECT i.id, i.round_id, i.applicant_id, a.name AS applicant_name, i.manager_id, i.title,
i.summary, i.plan,
       i.municipality, (SELECT m.name FROM app.municipality m WHERE m.code = i.municipality) AS municipality_name, i.goals,
       i.target_groups, i.ask_cents, i.financed_cents, i.score, i.jobs, i.evidence, i.drop_reason,
       i.fictional, r.state AS round_state, r.closes_at,
       r.present_quota - n.presented AS places_to_present,
       r.select_max - n.selected AS places_to_select, i.state, i.version, i.created_at
  FROM pipeline.initiative i
  JOIN pipeline.round r ON r.id = i.round_id
  LEFT JOIN pipeline.known_organisation a ON a.id = i.applicant_id
 CROSS JOIN LATERAL pipeline.round_count (i.round_id) n
 WHERE i.id = ANY (:call_targets::uuid[])
