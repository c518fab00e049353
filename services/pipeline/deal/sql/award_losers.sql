-- The other quotes that were weighed, in the order in which they came.
SELECT q.id FROM pipeline.award a JOIN pipeline.quote q ON q.need_id = a.need_id AND q.id <> a.quote_id
WHERE a.id = :call_target::uuid AND q.state IN ('admitted', 'submitted', 'negotiating', 'counter')
ORDER BY q.submitted_at, q.id
