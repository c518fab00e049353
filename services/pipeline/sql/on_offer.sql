-- Follows an offer from the moment that it is on the market: the newest version that the stream has told of it.
INSERT INTO pipeline.known_offer AS known
       (id, supplier_id, title, unit, price_cents, price_mode, tiers, vat, kind, sector, cpv, lead_days, capacity, valid_until,
        fictional, state, version)
SELECT :id::uuid, :supplier_id::uuid, :title::text, :unit::text, :price_cents::bigint, :price_mode::text, :tiers::jsonb,
       :vat::text, :kind::text, :sector::text, :cpv::text, :lead_days::bigint, :capacity::bigint, :valid_until::date,
       coalesce (:fictional::boolean, false), :state::text, :version::bigint
WHERE :state::text = 'published' OR EXISTS (SELECT FROM pipeline.known_offer k WHERE k.id = :id::uuid)
ON CONFLICT (id) DO UPDATE
SET title = excluded.title, unit = excluded.unit, price_cents = excluded.price_cents, price_mode = excluded.price_mode,
    tiers = excluded.tiers, vat = excluded.vat, kind = excluded.kind, sector = excluded.sector, cpv = excluded.cpv,
    lead_days = excluded.lead_days, capacity = excluded.capacity, valid_until = excluded.valid_until,
    fictional = excluded.fictional, state = excluded.state, version = excluded.version
WHERE known.version <= excluded.version
