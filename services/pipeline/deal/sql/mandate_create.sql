-- A mandate for somebody of the caller's organisation.
INSERT INTO pipeline.mandate (id, organisation_id, account_id, max_cents, valid_from, valid_until, given_by, created_at)
VALUES (:call_id::uuid, :call_org::uuid, :account_id::uuid, :max_cents::bigint, :valid_from::date, :valid_until::date,
        :call_account::uuid, :call_now::timestamptz)
RETURNING id
