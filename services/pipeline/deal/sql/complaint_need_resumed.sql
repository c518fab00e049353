-- Its need, likewise.
SELECT n.id
FROM pipeline.complaint c JOIN pipeline.need n ON n.id = c.need_id JOIN pipeline.award a ON a.id = c.award_id
WHERE c.id = :call_target::uuid AND n.state = 'suspended'
  AND a.challenges = 0
