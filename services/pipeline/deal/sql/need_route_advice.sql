-- The routes for a need of the caller's: as of the day on which it came on the market, or today.
SELECT o.*, w.*
FROM pipeline.need n
CROSS JOIN LATERAL pipeline.route_options (n.buyer_id, n.kind, n.cpv, n.budget_cents,
    pipeline.dutch_day (coalesce (n.published_at, :call_now::timestamptz)), n.id) o
LEFT JOIN LATERAL pipeline.often_won (n.buyer_id, n.cpv,
    pipeline.dutch_day (coalesce (n.published_at, :call_now::timestamptz)), n.id) w ON true
WHERE n.id = :id::uuid AND n.buyer_id = app.org ()
LIMIT :call_rows::int
