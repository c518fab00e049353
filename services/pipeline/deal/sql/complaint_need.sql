-- Its need.
SELECT n.id FROM pipeline.complaint c JOIN pipeline.need n ON n.id = c.need_id
WHERE c.id = :call_target::uuid AND n.state = 'standstill'
