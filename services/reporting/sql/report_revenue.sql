-- The deliveries that make up a revenue figure, newest first: at most 500 of them, and their sum.
WITH counted AS (
    SELECT delivery.*, supplier.name AS supplier_name, buyer.kind AS buyer_kind
    FROM reporting.delivery
    JOIN reporting.organisation supplier
      ON supplier.id = delivery.supplier_id AND supplier.kind = 'enterprise'
    JOIN reporting.organisation buyer ON buyer.id = delivery.buyer_id
    WHERE (:year::int IS NULL OR extract(year FROM accepted_on) = :year::int)
      AND (:municipality::text IS NULL OR delivery.municipality = :municipality)
), newest AS (
    SELECT * FROM counted ORDER BY seq DESC LIMIT 500
)
SELECT coalesce((SELECT json_agg(json_build_object(
                            'delivery_id', id,
                            'seq', seq,
                            'accepted_on', accepted_on,
                            'supplier_id', supplier_id,
                            'supplier_name', supplier_name,
                            'buyer_kind', buyer_kind,
                            'municipality', municipality,
                            'revenue_cents', accepted_cents) ORDER BY seq DESC)
                 FROM newest), '[]') AS items,
       (SELECT coalesce(sum(accepted_cents), 0)::bigint FROM counted) AS total_cents
