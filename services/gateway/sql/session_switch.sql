-- A session for another organisation in the place of the caller's own; it ends when that one would have. The key of a system stays what it is.
WITH gone AS (
    DELETE FROM identity.bearer b
     WHERE b.token_hash = :old_hash AND b.account_id = :call_account::uuid AND b.label IS NULL
       AND EXISTS (SELECT FROM identity.known_member m WHERE m.account_id = b.account_id
                   AND m.organisation_id = :organisation_id::uuid AND cardinality (m.roles) > 0)
    RETURNING b.account_id, b.expires_at
), added AS (
    INSERT INTO identity.bearer (id, token_hash, account_id, organisation_id, created_at, expires_at)
    SELECT :call_id::uuid, :token_hash, account_id, :organisation_id::uuid, :call_now::timestamptz, expires_at FROM gone
    RETURNING account_id, organisation_id
)
SELECT a.id AS account_id, a.name, m.organisation_id, o.name AS organisation_name, m.roles, true AS several
  FROM added s
  JOIN identity.account a ON a.id = s.account_id
  JOIN identity.known_member m ON m.account_id = s.account_id AND m.organisation_id = s.organisation_id
  JOIN identity.known_organisation o ON o.id = s.organisation_id
