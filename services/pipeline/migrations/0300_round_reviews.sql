-- A round knows how many presented initiatives have fewer judgements than its rules ask. A round without a rubric is not scored.

CREATE OR REPLACE VIEW pipeline.round_record WITH (security_invoker = true) AS
SELECT r.id, r.programme_id, p.name AS programme_name, r.manager_id, r.number, r.template_id, r.opens_at, r.closes_at, r.screened_by,
       r.scored_by, r.decided_by, r.starts_at, r.table_at, r.present_quota, r.select_min, r.select_max, r.waitlist, r.questions,
       r.eligibility, r.rubric, r.method, r.min_reviews, r.blinding, r.conflict_policy, r.feedback, r.answer_days, r.object_days,
       r.offer_days, r.fictional, r.frozen_at, r.rules_hash, r.cancel_reason, n.submitted, n.presented, n.selected, n.at_table,
       n.realised, r.state, r.version, r.created_at,
       CASE WHEN r.state = 'scoring' AND r.rubric IS NOT NULL AND r.manager_id = app.org () THEN (
           SELECT count (*) FROM pipeline.initiative i WHERE i.round_id = r.id AND i.state = 'presented'
           AND (SELECT count (*) FROM pipeline.judgement_counted c WHERE c.initiative_id = i.id) < r.min_reviews) ELSE 0 END AS unreviewed
FROM pipeline.round r
JOIN pipeline.programme p ON p.id = r.programme_id
CROSS JOIN LATERAL pipeline.round_count (r.id) n;
