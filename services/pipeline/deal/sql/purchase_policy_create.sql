-- A draft of the caller's municipality.
INSERT INTO pipeline.purchase_policy
    (id, organisation_id, valid_from, single_max_cents, multi_max_cents, works_single_max_cents, works_multi_max_cents,
     min_invites, max_invites, min_days_invited, min_days_open, window_days, extend_days, source, fictional, created_at)
VALUES
    (:call_id::uuid, :call_org::uuid, :valid_from::date, :single_max_cents::bigint, :multi_max_cents::bigint,
     :works_single_max_cents::bigint, :works_multi_max_cents::bigint, :min_invites::bigint, :max_invites::bigint,
     :min_days_invited::bigint, :min_days_open::bigint, :window_days::bigint, :extend_days::bigint, :source::text,
     coalesce (:fictional::boolean, false), :call_now::timestamptz)
RETURNING id
