-- The routes for a purchase that is not written down yet, today.
SELECT o.*, w.*
FROM pipeline.route_options (app.org (), :kind::text, ARRAY [:cpv::text], :budget_cents::bigint,
                             pipeline.dutch_day (:call_now::timestamptz), NULL) o
LEFT JOIN pipeline.often_won (app.org (), ARRAY [:cpv::text], pipeline.dutch_day (:call_now::timestamptz), NULL) w ON true
LIMIT :call_rows::int
