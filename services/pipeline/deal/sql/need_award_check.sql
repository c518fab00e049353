-- Whether the chosen supplier, by direct awards in the window and this one, comes above what may be bought from one supplier.
WITH this AS (
    SELECT n.*, q.supplier_id, q.total_cents, pipeline.dutch_day (:call_now::timestamptz) AS day
    FROM pipeline.need n JOIN pipeline.quote q ON q.id = n.awarded_quote_id
    WHERE n.id = :id::uuid AND n.route = 'direct'
)
SELECT 'not_split' AS reason
FROM this CROSS JOIN LATERAL pipeline.policy_of (this.buyer_id, this.day) p
WHERE this.total_cents + (
    SELECT coalesce (sum (q.total_cents), 0)
    FROM pipeline.need n JOIN pipeline.quote q ON q.id = n.awarded_quote_id
    WHERE n.buyer_id = this.buyer_id AND n.route = 'direct' AND n.id <> this.id AND q.supplier_id = this.supplier_id
      AND left (n.cpv [1], 3) = left (this.cpv [1], 3) AND n.state IN ('awarded', 'closed')
      AND n.published_at > (this.day - p.window_days::integer)::timestamp AT TIME ZONE 'Europe/Amsterdam')
    > CASE WHEN this.kind = 'work' THEN p.works_single_max_cents ELSE p.single_max_cents END
