-- The rule of the certificate among the rules of a round, and what an initiative's guards ask about it.

CREATE OR REPLACE VIEW pipeline.round_rules WITH (security_invoker = true) AS
SELECT r.id, jsonb_build_object (
    'present_quota', r.present_quota, 'select_min', r.select_min, 'select_max', r.select_max, 'waitlist', r.waitlist,
    'questions', r.questions, 'eligibility', r.eligibility, 'rubric', r.rubric, 'method', r.method, 'min_reviews', r.min_reviews,
    'blinding', r.blinding, 'conflict_policy', r.conflict_policy, 'feedback', r.feedback, 'answer_days', r.answer_days,
    'object_days', r.object_days, 'offer_days', r.offer_days, 'certificate_modules', r.certificate_modules,
    'certificate_needs', r.certificate_needs, 'pause_weeks', r.pause_weeks) AS rules
FROM pipeline.round r;

-- Who pauses or drops out held a place: it is not given back, as the programme runs.
CREATE OR REPLACE FUNCTION pipeline.round_count (wanted uuid)
    RETURNS TABLE (submitted bigint, presented bigint, selected bigint, at_table bigint, realised bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT count (submitted_at), count (presented_at),
           count (*) FILTER (WHERE state IN ('selected', 'in_programme', 'paused', 'dropped_out', 'table_ready', 'at_table', 'financed',
                                             'part_financed', 'interest', 'not_financed', 'realised', 'not_realised')),
           count (seated_at), count (*) FILTER (WHERE state = 'realised')
    FROM pipeline.initiative
    WHERE round_id = wanted
$$;

CREATE OR REPLACE VIEW pipeline.round_record WITH (security_invoker = true) AS
SELECT r.id, r.programme_id, p.name AS programme_name, r.manager_id, r.number, r.template_id, r.opens_at, r.closes_at, r.screened_by,
       r.scored_by, r.decided_by, r.starts_at, r.table_at, r.present_quota, r.select_min, r.select_max, r.waitlist, r.questions,
       r.eligibility, r.rubric, r.method, r.min_reviews, r.blinding, r.conflict_policy, r.feedback, r.answer_days, r.object_days,
       r.offer_days, r.fictional, r.frozen_at, r.rules_hash, r.cancel_reason, n.submitted, n.presented, n.selected, n.at_table,
       n.realised, r.state, r.version, r.created_at,
       CASE WHEN r.state = 'scoring' AND r.rubric IS NOT NULL AND r.manager_id = app.org () THEN (
           SELECT count (*) FROM pipeline.initiative i WHERE i.round_id = r.id AND i.state = 'presented'
           AND (SELECT count (*) FROM pipeline.judgement_counted c WHERE c.initiative_id = i.id) < r.min_reviews) ELSE 0 END AS unreviewed,
       r.certificate_modules, r.certificate_needs, r.pause_weeks
FROM pipeline.round r
JOIN pipeline.programme p ON p.id = r.programme_id
CROSS JOIN LATERAL pipeline.round_count (r.id) n;

-- Whether an initiative meets the rule of the certificate; asked of what is in the programme only.
CREATE OR REPLACE VIEW pipeline.initiative_record WITH (security_invoker = true) AS
SELECT i.id, i.round_id, i.applicant_id, a.name AS applicant_name, i.manager_id, i.title, i.summary, i.plan, i.municipality,
       m.name AS municipality_name, i.goals, i.target_groups, i.ask_cents, i.financed_cents, i.score, i.jobs, i.evidence, i.drop_reason,
       i.fictional, r.state AS round_state, r.closes_at, r.present_quota - n.presented AS places_to_present,
       r.select_max - n.selected AS places_to_select, i.state, i.version, i.created_at, i.warning, i.warned_until, i.lapses_at,
       CASE WHEN i.state = 'in_programme' THEN
           (SELECT count (*) FROM pipeline.attendance t JOIN pipeline.meeting w ON w.id = t.meeting_id
            WHERE t.initiative_id = i.id AND t.state = 'present' AND w.kind = 'module') >= coalesce (r.certificate_modules, 0)
           AND coalesce (r.certificate_needs, '{}') <@ ARRAY (SELECT d.kind FROM pipeline.deliverable d
                                                              WHERE d.initiative_id = i.id AND d.state = 'accepted') END AS certified
FROM pipeline.initiative i
JOIN pipeline.round r ON r.id = i.round_id
LEFT JOIN pipeline.known_organisation a ON a.id = i.applicant_id
LEFT JOIN app.municipality m ON m.code = i.municipality
CROSS JOIN LATERAL pipeline.round_count (i.round_id) n;
