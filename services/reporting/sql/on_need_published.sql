-- A need came on the market.
WITH open AS (
    INSERT INTO reporting.open_need (id, title, municipality, cpv, published_on)
    VALUES (:id::uuid, :title, :municipality, coalesce (:cpv::text[], '{}'),
            (:event_time::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date)
)
INSERT INTO reporting.need (id, buyer_id, municipality, published_on)
VALUES (:id::uuid, :buyer_id::uuid, :municipality,
        (:event_time::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date)
