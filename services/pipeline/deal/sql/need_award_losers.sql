-- The other quotes that are in, in the order in which they came.
SELECT q.id
FROM pipeline.need n JOIN pipeline.quote q ON q.need_id = n.id AND q.id <> n.awarded_quote_id
WHERE n.id = :id::uuid AND q.state IN ('submitted', 'negotiating', 'counter')
ORDER BY q.submitted_at, q.id
