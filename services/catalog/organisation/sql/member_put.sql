-- Sets what a person may do for an organisation; a person who is new to it becomes a member.
INSERT INTO catalog.member (id, account_id, membership, roles)
VALUES (:id::uuid, :account_id::uuid, :call_id::uuid, :roles::text[])
    ON CONFLICT (id, account_id) DO UPDATE SET roles = excluded.roles, version = member.version + 1
RETURNING id, account_id, membership, roles, version
