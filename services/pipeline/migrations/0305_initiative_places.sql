-- An initiative says until when the place that is offered stands, and where it waits.
DROP VIEW pipeline.initiative_record;
CREATE VIEW pipeline.initiative_record WITH (security_invoker = true) AS
SELECT i.id, i.round_id, i.applicant_id, a.name AS applicant_name, i.manager_id, i.title, i.summary, i.plan, i.municipality,
       m.name AS municipality_name, i.goals, i.target_groups, i.ask_cents, i.min_viable_cents, i.stage, i.language, i.answers, i.team,
       (SELECT jsonb_agg (jsonb_build_object ('organisation_id', k.id, 'name', k.name) ORDER BY k.name)
        FROM pipeline.known_organisation k WHERE k.id = ANY (i.co_applicant_ids)) AS co_applicants,
       i.documents, i.consent, i.parent_id, i.submitted_at, i.question, i.answer, i.answer_by, i.checks, i.criterion, i.object_by,
       i.financed_cents, i.score, i.jobs, i.evidence, i.drop_reason, i.fictional, r.state AS round_state,
       greatest (r.closes_at, (SELECT max (e.until) FROM pipeline.extension e WHERE e.initiative_id = i.id)) AS closes_at,
       CASE WHEN app.org () = ANY (i.co_applicant_ids) THEN app.org () END AS co_id,
       EXISTS (SELECT FROM pipeline.appointment h
               WHERE h.buyer_id = i.manager_id AND h.state = 'appointed' AND h.handler_id <> i.applicant_id
                 AND h.handler_id <> ALL (i.co_applicant_ids)
                 AND NOT EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = i.programme_id
                                 AND s.organisation_id = h.handler_id AND s.state = 'taken')) AS handler_ready,
       r.present_quota - n.presented AS places_to_present,
       i.state, i.version, i.created_at, i.warning, i.warned_until, i.lapses_at,
       i.offer_expires_at, i.waiting_place, i.waiting_until,
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

GRANT SELECT ON pipeline.initiative_record TO mw_pipeline;
