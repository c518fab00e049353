-- Who takes part, as they are now.
INSERT INTO reporting.organisation (id, name, kind, municipality, admitted, prompted_on)
VALUES (:id::uuid, :name, :kind, :municipality, coalesce (:takes_part::boolean, :state::text = 'admitted'),
        (:prompted_at::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, kind = excluded.kind, municipality = excluded.municipality,
    admitted = excluded.admitted, prompted_on = excluded.prompted_on
