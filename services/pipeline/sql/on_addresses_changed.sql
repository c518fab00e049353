-- Somebody's addresses changed: as a juror they read nothing until these are compared.
INSERT INTO pipeline.known_addresses AS known (account_id, version) VALUES (:id::uuid, :version::bigint)
ON CONFLICT (account_id) DO UPDATE SET version = greatest (known.version, excluded.version)
