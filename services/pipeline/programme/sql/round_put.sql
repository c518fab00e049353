-- Replaces the dates and rules of a round that is not open yet; it stays in its programme.
UPDATE pipeline.round r
SET number = :number::bigint, opens_at = :opens_at::timestamptz, closes_at = :closes_at::timestamptz,
    screened_by = :screened_by::timestamptz, scored_by = :scored_by::timestamptz, decided_by = :decided_by::timestamptz, starts_at = :starts_at::timestamptz, table_at = :table_at::timestamptz,
    present_quota = :present_quota::bigint, select_min = :select_min::bigint, select_max = :select_max::bigint,
    waitlist = coalesce (:waitlist::bigint, 0),
    questions = nullif (:questions::jsonb, '[]'),
    eligibility = nullif (:eligibility::jsonb, '[]'),
    rubric = nullif (:rubric::jsonb, '[]'),
    method = coalesce (:method::text, 'mean'),
    min_reviews = coalesce (:min_reviews::bigint, 2),
    blinding = coalesce (:blinding::text, 'until_locked'),
    conflict_policy = coalesce (:conflict_policy::text, 'no_vote'),
    verifier_policy = :verifier_policy::text,
    feedback = coalesce (:feedback::text, 'remarks'),
    feedback_at = :feedback_at::text,
    rank_shown = :rank_shown::boolean,
    answer_days = coalesce (:answer_days::bigint, 7),
    object_days = coalesce (:object_days::bigint, 14),
    offer_days = coalesce (:offer_days::bigint, 7),
    certificate_modules = :certificate_modules::bigint,
    certificate_needs = :certificate_needs::text[],
    pause_weeks = coalesce (:pause_weeks::bigint, 8),
    follow_months = :follow_months::bigint,
    max_documents = :max_documents::bigint,
    document_megabytes = :document_megabytes::bigint,
    fictional = :fictional::boolean
WHERE id = :call_target::uuid
RETURNING id
