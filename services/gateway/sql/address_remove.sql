-- It is no address of the caller any more; that it was, stays.
WITH gone AS (
    UPDATE identity.address SET removed_at = :call_now::timestamptz
    WHERE id = :id::uuid AND account_id = :call_account::uuid AND removed_at IS NULL
    RETURNING id, email, created_at
), counted AS (
    UPDATE identity.account SET addresses_version = addresses_version + 1 WHERE id = :call_account::uuid AND EXISTS (SELECT FROM gone)
    RETURNING addresses_version
)
SELECT g.id, g.email, g.created_at, c.addresses_version AS changes FROM gone g, counted c
