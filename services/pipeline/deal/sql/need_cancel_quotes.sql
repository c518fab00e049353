-- The quotes that were handed in, in the order in which they came.
SELECT q.id FROM pipeline.quote q
WHERE q.need_id = :id::uuid AND q.sealed AND q.opened_at IS NULL AND q.state = 'submitted'
ORDER BY q.received_at, q.id
