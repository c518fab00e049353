-- The quote that the need was awarded to, provided that it is in, and whether it is still being negotiated.
SELECT q.id, q.total_cents, q.state <> 'submitted' AS negotiated
FROM pipeline.need n JOIN pipeline.quote q ON q.id = n.awarded_quote_id
WHERE n.id = :id::uuid AND q.state IN ('submitted', 'negotiating', 'counter')
