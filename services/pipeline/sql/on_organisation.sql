-- Follows an organisation: the newest version that the stream has told of it.
INSERT INTO pipeline.known_organisation AS known
       (id, name, kind, municipality, state, fictional, version)
VALUES (:id::uuid, :name::text, :kind::text, :municipality::text, :state::text,
        coalesce (:fictional::boolean, false), :version::bigint)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, kind = excluded.kind, municipality = excluded.municipality,
    state = excluded.state, fictional = excluded.fictional, version = excluded.version
WHERE known.version < excluded.version
