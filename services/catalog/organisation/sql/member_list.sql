-- Who may act for the caller's own organisation; RLS hides every other.
SELECT id, account_id, roles, version, account_id::text AS cursor
  FROM catalog.member
 WHERE id = :id::uuid
 ORDER BY account_id
 LIMIT 100
