-- What keeps a line from being in a basket: by its place, the field and why; and what all come to, at the price of now.
SELECT a.no - 1 AS at,
       CASE WHEN o.state IS DISTINCT FROM 'published' OR o.valid_until < x.day THEN 'gone'
            WHEN o.price_mode IS NULL OR o.price_mode NOT IN ('fixed', 'tiered') THEN 'unpriced'
            WHEN pipeline.offer_price (o, a.quantity, x.day) IS NULL THEN 'few'
            WHEN a.quantity > o.capacity THEN 'many'
            WHEN count (*) OVER (PARTITION BY a.offer_id) > 1 THEN 'twice'
            WHEN a.quantity::numeric * pipeline.offer_price (o, a.quantity, x.day) > 1000000000000 THEN 'dear' END AS why,
       o.capacity,
       sum (a.quantity::numeric * coalesce (pipeline.offer_price (o, a.quantity, x.day), 0)) OVER () > 1000000000000 AS too_much
FROM ROWS FROM (jsonb_to_recordset (:lines::jsonb) AS (offer_id uuid, quantity bigint))
     WITH ORDINALITY AS a (offer_id, quantity, no)
CROSS JOIN LATERAL (SELECT pipeline.dutch_day (:call_now::timestamptz) AS day) x
LEFT JOIN pipeline.known_offer o ON o.id = a.offer_id
ORDER BY a.no
