-- Who takes part, as they are now.
INSERT INTO reporting.organisation (id, name, kind, municipality, admitted)
VALUES (:id::uuid, :name, :kind, :municipality, coalesce (:takes_part::boolean, :state::text = 'admitted'))
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, kind = excluded.kind, municipality = excluded.municipality,
    admitted = excluded.admitted
