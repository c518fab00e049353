-- Whoever had more time and withdrew holds nobody up.
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
        WHERE e.round_id = r.id AND EXISTS (SELECT FROM pipeline.draft_of (e.initiative_id))) AS drafts_until,
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
