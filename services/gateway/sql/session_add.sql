-- Remember a session by the hash of its token, for twelve hours.
INSERT INTO identity.bearer (id, token_hash, account_id, organisation_id, created_at, expires_at)
VALUES (:call_id::uuid, :token_hash, :call_target::uuid, :organisation_id::uuid, :call_now::timestamptz,
        :call_now::timestamptz + interval '12 hours')
RETURNING id
