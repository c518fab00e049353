-- The key of a system that acts for an organisation, as a service gave it; without a hash there is none any more.
WITH told AS (
    INSERT INTO identity.known_key (id, version) VALUES (:id::uuid, :version::bigint)
    ON CONFLICT (id) DO UPDATE SET version = excluded.version WHERE known_key.version < excluded.version
    RETURNING id
), gone AS (
    DELETE FROM identity.bearer b USING told WHERE b.id = told.id AND :token_hash::text IS NULL
)
INSERT INTO identity.bearer AS known (id, token_hash, account_id, organisation_id, label, created_at)
SELECT id, :token_hash::text, :account_id::uuid, :organisation_id::uuid, :label::text, now ()
FROM told WHERE :token_hash::text IS NOT NULL
ON CONFLICT (id) DO UPDATE SET token_hash = excluded.token_hash, account_id = excluded.account_id, label = excluded.label
