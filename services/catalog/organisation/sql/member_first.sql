-- Who registered an organisation becomes its first member.
INSERT INTO catalog.member (id, account_id, roles)
VALUES (:id::uuid, :account_id::uuid, :roles::text[])
RETURNING id, account_id, roles, version
