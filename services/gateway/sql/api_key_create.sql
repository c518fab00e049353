-- Let a system act for an organisation.
INSERT INTO identity.bearer (id, token_hash, account_id, organisation_id, label, created_at)
VALUES (:call_id::uuid, :token_hash, :account_id::uuid, :organisation_id::uuid, :label, :call_now::timestamptz)
RETURNING id, account_id, organisation_id, label, token_hash
