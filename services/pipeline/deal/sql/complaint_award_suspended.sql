-- The award that is void now.
SELECT a.id FROM pipeline.complaint c JOIN pipeline.award a ON a.id = c.award_id
WHERE c.id = :call_target::uuid AND a.state = 'suspended'
