-- The quote that it had chosen.
SELECT q.id FROM pipeline.quote q WHERE q.need_id = :id::uuid AND q.state = 'preferred'
