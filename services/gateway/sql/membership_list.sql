-- For which organisations the caller may act, by name.
SELECT m.organisation_id, o.name, m.roles, o.id::text AS cursor
FROM identity.known_member m JOIN identity.known_organisation o ON o.id = m.organisation_id
WHERE m.account_id = :call_account::uuid AND cardinality (m.roles) > 0
  AND (:call_cursor::text IS NULL
       OR (o.name, o.id) > (SELECT c.name, c.id FROM identity.known_organisation c WHERE c.id::text = :call_cursor::text))
ORDER BY o.name, o.id
LIMIT :call_rows::bigint
