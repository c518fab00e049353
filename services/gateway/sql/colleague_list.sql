-- Who acts for the caller's organisation, by name; nobody else reads names.
SELECT a.id AS account_id, a.name, a.id::text AS cursor
FROM identity.known_member m JOIN identity.account a ON a.id = m.account_id
WHERE m.organisation_id = :call_org::uuid AND m.roles <> '{}'
  AND (:call_cursor::uuid IS NULL OR a.id > :call_cursor::uuid)
ORDER BY a.id
LIMIT :call_rows::bigint
