-- Verified impact: sums by what is counted, enterprise and city, and the claims that they consist of, newest first, at most 500.
-- Different things are never added up.
WITH counted AS (
    SELECT impact.*, supplier.name AS supplier_name
    FROM reporting.impact
    JOIN reporting.organisation supplier ON supplier.id = impact.supplier_id
    WHERE (:year::int IS NULL OR extract(year FROM verified_on) = :year::int)
      AND (:municipality::text IS NULL OR impact.municipality = :municipality)
      AND (:supplier_id::uuid IS NULL OR impact.supplier_id = :supplier_id::uuid)
), newest AS (
    SELECT * FROM counted ORDER BY seq DESC LIMIT 500
), total AS (
    SELECT indicator, target_group, supplier_id, supplier_name, municipality, sum(quantity)::bigint AS quantity,
           count(*) AS claims
    FROM counted
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2, 4, 3, 5
    LIMIT 500
)
SELECT position.seq AS as_of_seq, coalesce(position.recorded_at, :call_now::timestamptz) AS as_of,
       coalesce((SELECT json_agg(json_strip_nulls(to_json(total))) FROM total), '[]') AS totals,
       coalesce((SELECT json_agg(json_strip_nulls(json_build_object(
                            'claim_id', id, 'seq', seq, 'verified_on', verified_on, 'supplier_id', supplier_id,
                            'supplier_name', supplier_name, 'municipality', municipality, 'indicator', indicator,
                            'target_group', target_group, 'quantity', quantity)) ORDER BY seq DESC)
                 FROM newest), '[]') AS items
FROM reporting.position
