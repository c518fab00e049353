-- Replaces what the municipality wrote.
UPDATE pipeline.purchase_policy
SET valid_from = :valid_from::date, single_max_cents = :single_max_cents::bigint, multi_max_cents = :multi_max_cents::bigint,
    works_single_max_cents = :works_single_max_cents::bigint, works_multi_max_cents = :works_multi_max_cents::bigint,
    min_invites = :min_invites::bigint, max_invites = :max_invites::bigint, min_days_invited = :min_days_invited::bigint,
    min_days_open = :min_days_open::bigint, window_days = :window_days::bigint, extend_days = :extend_days::bigint,
    source = :source::text, fictional = coalesce (:fictional::boolean, false)
WHERE id = :call_target::uuid
RETURNING id
