-- Why the caller's organisation may not buy this from offers today; nothing when it may. What is of one CPV group counts together,
-- with what was bought of it before.
SELECT o.reason
FROM (
    SELECT l.kind, left (l.cpv, 3) AS family, min (l.cpv) AS cpv, sum (l.quantity * l.unit_price_cents)::bigint AS cents
    FROM pipeline.basket b CROSS JOIN LATERAL pipeline.lines_of (b.lines) l
    WHERE b.id = :id::uuid GROUP BY 1, 2) bought
CROSS JOIN LATERAL pipeline.route_options (:call_org::uuid, bought.kind, ARRAY [bought.cpv], bought.cents,
    pipeline.dutch_day (:call_now::timestamptz), :id::uuid) o
WHERE NOT o.allowed AND o.route = pipeline.usual_route (:call_org::uuid)
LIMIT 1
