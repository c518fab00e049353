-- The quotes that are weighed again, in the order in which they came.
SELECT q.id FROM pipeline.complaint c JOIN pipeline.quote q ON q.need_id = c.need_id
WHERE c.id = :call_target::uuid AND q.state IN ('preferred', 'not_selected')
ORDER BY q.received_at, q.id
