-- How the caller's municipality values social return from a day on.
INSERT INTO pipeline.sroi_tariff (id, municipality_id, valid_from, purchase_ppm, source, fictional, created_at)
VALUES (:call_id::uuid, :call_org::uuid, :valid_from::date, :purchase_ppm::bigint, :source::text, coalesce (:fictional::boolean, false),
        :call_now::timestamptz)
RETURNING id
