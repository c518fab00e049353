-- Who registered an organisation becomes its first member.
INSERT INTO catalog.member (id, account_id, membership, roles)
VALUES (:id::uuid, :account_id::uuid, :call_id::uuid, :roles::text[])
RETURNING id, account_id, membership, roles, version
