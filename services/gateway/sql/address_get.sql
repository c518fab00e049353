-- A further address of the caller.
SELECT x.id, x.email, x.confirmed_at, x.created_at, :call_now::timestamptz AS asked_at FROM identity.address x
WHERE x.id = :id::uuid AND x.account_id = :call_account::uuid AND x.removed_at IS NULL
  FOR UPDATE
