-- Names of organisations, for sessions.
INSERT INTO identity.known_organisation (id, name, version)
VALUES (:id::uuid, :name, :version::bigint)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version
WHERE known_organisation.version < excluded.version
