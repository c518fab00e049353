-- The quote that the need was awarded to, provided that it is still handed in.
SELECT q.id, q.total_cents
FROM pipeline.need n JOIN pipeline.quote q ON q.id = n.awarded_quote_id
WHERE n.id = :id::uuid AND q.state = 'submitted'
