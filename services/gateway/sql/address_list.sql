-- Further addresses of the caller.
SELECT x.id, x.email, x.confirmed_at, x.asked_at, x.created_at FROM identity.address x
WHERE x.account_id = :call_account::uuid AND x.removed_at IS NULL
ORDER BY x.email
LIMIT :call_rows::int
