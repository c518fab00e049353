-- A new round of a programme of the caller's; what it leaves out is as in the round that it follows, or as usual. An empty list is one without anything.
INSERT INTO pipeline.round
    (id, programme_id, manager_id, number, template_id, opens_at, closes_at, screened_by, scored_by, decided_by, starts_at, table_at,
     present_quota, select_min, select_max, waitlist, questions, eligibility, rubric, method, min_reviews, blinding, conflict_policy, verifier_policy, feedback, feedback_at, rank_shown, answer_days, object_days, offer_days, certificate_modules, certificate_needs, pause_weeks,
     follow_months, max_documents, document_megabytes, fictional, state, created_at)
SELECT :call_id::uuid, p.id, p.manager_id, :number::bigint, t.id, :opens_at::timestamptz, :closes_at::timestamptz,
       :screened_by::timestamptz, :scored_by::timestamptz, :decided_by::timestamptz, :starts_at::timestamptz, :table_at::timestamptz,
       :present_quota::bigint, :select_min::bigint, :select_max::bigint,
       coalesce (:waitlist::bigint, t.waitlist, 0),
       nullif (coalesce (:questions::jsonb, t.questions), '[]'),
       nullif (coalesce (:eligibility::jsonb, t.eligibility), '[]'),
       nullif (coalesce (:rubric::jsonb, t.rubric), '[]'),
       coalesce (:method::text, t.method, 'mean'),
       coalesce (:min_reviews::bigint, t.min_reviews, 2),
       coalesce (:blinding::text, t.blinding, 'until_locked'),
       coalesce (:conflict_policy::text, t.conflict_policy, 'no_vote'),
       coalesce (:verifier_policy::text, t.verifier_policy),
       coalesce (:feedback::text, t.feedback, 'remarks'),
       coalesce (:feedback_at::text, t.feedback_at),
       coalesce (:rank_shown::boolean, t.rank_shown),
       coalesce (:answer_days::bigint, t.answer_days, 7),
       coalesce (:object_days::bigint, t.object_days, 14),
       coalesce (:offer_days::bigint, t.offer_days, 7),
       coalesce (:certificate_modules::bigint, t.certificate_modules),
       coalesce (:certificate_needs::text[], t.certificate_needs),
       coalesce (:pause_weeks::bigint, t.pause_weeks, 8),
       coalesce (:follow_months::bigint, t.follow_months),
       coalesce (:max_documents::bigint, t.max_documents),
       coalesce (:document_megabytes::bigint, t.document_megabytes),
       :fictional::boolean, 'draft', :call_now::timestamptz
FROM pipeline.programme p
LEFT JOIN pipeline.round t ON t.id = :template_id::uuid AND t.manager_id = p.manager_id
WHERE p.id = :programme_id::uuid AND p.manager_id = :call_org::uuid AND p.state = 'active'
  AND (t.id IS NOT NULL OR :template_id::uuid IS NULL)
RETURNING id
