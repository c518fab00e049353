-- The quote that had been chosen.
SELECT q.id FROM pipeline.complaint c JOIN pipeline.quote q ON q.need_id = c.need_id
WHERE c.id = :call_target::uuid AND q.state = 'preferred'
