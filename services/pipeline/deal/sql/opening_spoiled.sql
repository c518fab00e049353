-- Those whose box did not open.
SELECT q.id FROM pipeline.opener mine JOIN pipeline.quote q ON q.need_id = mine.need_id
WHERE mine.id = :id::uuid AND q.state = 'submitted' AND q.exclude_reason IS NOT NULL
ORDER BY q.id
