-- The routes for a purchase that is not written down yet, today.
SELECT o.*
FROM pipeline.route_options (app.org (), :kind::text, ARRAY [:cpv::text], :budget_cents::bigint,
                             pipeline.dutch_day (:call_now::timestamptz), NULL) o
LIMIT :call_rows::int
