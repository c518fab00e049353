-- An initiative comes to the table with an ask that is complete.
CREATE OR REPLACE VIEW pipeline.initiative_record WITH (security_invoker = true) AS
SELECT i.id, i.round_id, i.applicant_id, a.name AS applicant_name, i.manager_id, i.title, i.summary, i.plan, i.municipality,
       m.name AS municipality_name, i.goals, i.target_groups, i.ask_cents, i.financed_cents, i.score, i.jobs, i.evidence, i.drop_reason,
       i.fictional, r.state AS round_state, r.closes_at, r.present_quota - n.presented AS places_to_present,
       r.select_max - n.selected AS places_to_select, i.state, i.version, i.created_at, i.warning, i.warned_until, i.lapses_at,
       CASE WHEN i.state = 'in_programme' THEN
           (SELECT count (*) FROM pipeline.attendance t JOIN pipeline.meeting w ON w.id = t.meeting_id
            WHERE t.initiative_id = i.id AND t.state = 'present' AND w.kind = 'module') >= coalesce (r.certificate_modules, 0)
           AND coalesce (r.certificate_needs, '{}') <@ ARRAY (SELECT d.kind FROM pipeline.deliverable d
                                                              WHERE d.initiative_id = i.id AND d.state = 'accepted') END AS certified,
       k.state AS ask_state
FROM pipeline.initiative i
JOIN pipeline.round r ON r.id = i.round_id
LEFT JOIN pipeline.ask k ON k.initiative_id = i.id
LEFT JOIN pipeline.known_organisation a ON a.id = i.applicant_id
LEFT JOIN app.municipality m ON m.code = i.municipality
CROSS JOIN LATERAL pipeline.round_count (i.round_id) n;
