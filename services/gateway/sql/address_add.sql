-- A further address of the caller, of whoever it may be until it is confirmed.
WITH counted AS (
    UPDATE identity.account SET addresses_version = addresses_version + 1 WHERE id = :call_account::uuid RETURNING addresses_version
), added AS (
    INSERT INTO identity.address (id, account_id, email, created_at)
    SELECT :call_id::uuid, :call_account::uuid, lower (:email), :call_now::timestamptz FROM counted
    RETURNING id, email, created_at
)
SELECT a.id, a.email, a.created_at, c.addresses_version AS changes, :call_now::timestamptz AS asked_at,
       (SELECT count (*) FROM identity.address x WHERE x.account_id = :call_account::uuid) AS given
FROM added a, counted c
