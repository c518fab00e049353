-- Make an account, or change its name and password.
INSERT INTO identity.account (id, email, name, password, created_at)
VALUES (coalesce (:id::uuid, :call_id::uuid), lower (:email), :name, :password, :call_now::timestamptz)
ON CONFLICT (email) DO UPDATE SET name = excluded.name, password = coalesce (excluded.password, account.password),
    version = account.version + 1
RETURNING id, email, name
