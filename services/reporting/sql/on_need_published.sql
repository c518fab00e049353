-- A need came on the market.
INSERT INTO reporting.need (id, buyer_id, municipality, published_on)
VALUES (:id::uuid, :buyer_id::uuid, :municipality,
        (:event_time::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date)
