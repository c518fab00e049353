-- For how many months talks go on after the table is a rule of a round, frozen and hashed as the others (0317); where a round says nothing,
-- the term of everybody holds (pipeline.follow_up_term), and its hash is what it was.
ALTER TABLE pipeline.round ADD COLUMN follow_months bigint CHECK (follow_months BETWEEN 1 AND 24);

CREATE OR REPLACE VIEW pipeline.round_rules WITH (security_invoker = true) AS
SELECT r.id, jsonb_build_object (
    'present_quota', r.present_quota, 'select_min', r.select_min, 'select_max', r.select_max, 'waitlist', r.waitlist,
    'questions', r.questions, 'eligibility', r.eligibility, 'rubric', r.rubric, 'method', r.method, 'min_reviews', r.min_reviews,
    'blinding', r.blinding, 'conflict_policy', r.conflict_policy, 'feedback', r.feedback, 'answer_days', r.answer_days,
    'object_days', r.object_days, 'offer_days', r.offer_days, 'certificate_modules', r.certificate_modules,
    'certificate_needs', r.certificate_needs, 'pause_weeks', r.pause_weeks)
    || jsonb_strip_nulls (jsonb_build_object (
        'verifier_policy', r.verifier_policy, 'follow_months', r.follow_months,
        'max_documents', r.max_documents, 'document_megabytes', r.document_megabytes, 'feedback_at', r.feedback_at, 'rank_shown', r.rank_shown)) AS rules
FROM pipeline.round r;

CREATE OR REPLACE VIEW pipeline.round_record WITH (security_invoker = true) AS
SELECT r.id, r.programme_id, p.name AS programme_name, r.manager_id, r.number, r.template_id, r.opens_at, r.closes_at, r.screened_by,
       r.scored_by, r.decided_by, r.starts_at, r.table_at, r.present_quota, r.select_min, r.select_max, r.waitlist, r.questions,
       r.eligibility, r.rubric, r.method, r.min_reviews, r.blinding, r.conflict_policy, r.feedback, r.answer_days, r.object_days,
       r.offer_days, r.fictional, r.frozen_at, r.rules_hash, r.extended_from, r.extend_reason, r.extensions,
       (SELECT count (*) FROM pipeline.initiative i WHERE i.round_id = r.id AND i.state IN ('submitted', 'more_info', 'objection')) AS pending,
       r.cancel_reason, n.submitted, n.presented, n.selected, n.at_table, n.realised, r.state, r.version, r.created_at,
       CASE WHEN r.state = 'scoring' AND r.rubric IS NOT NULL AND r.manager_id = app.org () THEN (
           SELECT count (*) FROM pipeline.initiative i WHERE i.round_id = r.id AND i.state = 'presented'
           AND (SELECT count (*) FROM pipeline.judgement_counted c WHERE c.initiative_id = i.id) < r.min_reviews) ELSE 0 END AS unreviewed,
       r.certificate_modules, r.certificate_needs, r.pause_weeks, r.max_documents, r.document_megabytes, r.feedback_at,
       r.rank_shown,
       r.verifier_policy,
       (SELECT max (e.until) FROM pipeline.extension e
        WHERE e.round_id = r.id
          AND NOT EXISTS (SELECT FROM pipeline.initiative i WHERE i.id = e.initiative_id AND i.submitted_at IS NOT NULL)) AS drafts_until,
       (SELECT count (*) FROM pipeline.initiative i
        WHERE i.round_id = r.id AND i.state IN ('submitted', 'more_info', 'eligible', 'objection')) AS not_lined_up,
       (SELECT max (i.object_by) FROM pipeline.initiative i WHERE i.round_id = r.id AND i.state = 'ineligible') AS objections_until,
       CASE WHEN r.state = 'table' THEN (
           SELECT count (*) FROM pipeline.initiative i WHERE i.round_id = r.id
           AND i.state IN ('selected', 'waitlisted', 'in_programme', 'paused', 'table_ready', 'at_table')) ELSE 0 END AS under_way,
       r.follow_months
FROM pipeline.round r
JOIN pipeline.programme p ON p.id = r.programme_id
CROSS JOIN LATERAL pipeline.round_count (r.id) n;

CREATE FUNCTION pipeline.follow_until (since timestamptz, of_round uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT coalesce (((since AT TIME ZONE 'Europe/Amsterdam') + r.follow_months * interval '1 month') AT TIME ZONE 'Europe/Amsterdam',
                     pipeline.follow_until (since))
    FROM pipeline.round r WHERE r.id = of_round
$$;
