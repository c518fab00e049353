-- The quotes that were opened, in the order in which they came.
SELECT q.id FROM pipeline.opener mine JOIN pipeline.quote q ON q.need_id = mine.need_id
WHERE mine.id = :id::uuid AND q.state = 'submitted' AND q.opened_at IS NOT NULL AND q.exclude_reason IS NULL
ORDER BY q.received_at, q.id
