-- Follows an organisation: the newest version that the stream has told of it. Whoever takes part (also for a while, or
-- with a re-check due) is admitted here; a suspended one is not.
INSERT INTO pipeline.known_organisation AS known
       (id, name, kind, municipality, state, fictional, kvk_number, oin, vat_number, street,
        house_number, postcode, city, country, iban, payment_days, labels, version)
VALUES (:id::uuid, :name::text, :kind::text, :municipality::text,
        CASE WHEN :takes_part::boolean THEN 'admitted' ELSE :state::text END,
        coalesce (:fictional::boolean, false), :kvk_number::text, :oin::text, :vat_number::text,
        :street::text, :house_number::text, :postcode::text, :city::text, :country::text,
        :iban::text, :payment_days::bigint, :labels::jsonb, :version::bigint)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, kind = excluded.kind, municipality = excluded.municipality,
    state = excluded.state, fictional = excluded.fictional, kvk_number = excluded.kvk_number,
    oin = excluded.oin, vat_number = excluded.vat_number, street = excluded.street,
    house_number = excluded.house_number, postcode = excluded.postcode, city = excluded.city,
    country = excluded.country, iban = excluded.iban, payment_days = excluded.payment_days,
    labels = excluded.labels, version = excluded.version
WHERE known.version <= excluded.version
