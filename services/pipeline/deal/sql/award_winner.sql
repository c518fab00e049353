-- The quote that was chosen, as long as it waits for that.
SELECT q.id FROM pipeline.award a JOIN pipeline.quote q ON q.id = a.quote_id
WHERE a.id = :call_target::uuid AND q.state IN ('admitted', 'preferred', 'submitted')
