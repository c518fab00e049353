-- What people may do for organisations.
INSERT INTO identity.known_member (account_id, organisation_id, roles, version)
VALUES (:account_id::uuid, :id::uuid, :roles::text[], :version::bigint)
ON CONFLICT (account_id, organisation_id) DO UPDATE SET roles = excluded.roles, version = excluded.version
WHERE known_member.version < excluded.version
