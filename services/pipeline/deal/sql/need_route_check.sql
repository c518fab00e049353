-- Why the route of this need is not allowed today; nothing when it is.
SELECT CASE WHEN NOT o.allowed THEN o.reason ELSE 'enough_days' END AS reason
FROM pipeline.need n
CROSS JOIN LATERAL pipeline.route_options (n.buyer_id, n.kind, n.cpv, n.budget_cents,
    pipeline.dutch_day (:call_now::timestamptz), n.id) o
WHERE n.id = :id::uuid AND o.route = n.route AND n.purpose <> 'market_consultation'
  AND (NOT o.allowed OR n.quote_deadline < :call_now::timestamptz + o.min_days * interval '1 day')
