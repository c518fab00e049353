-- One complaint more waits.
UPDATE pipeline.award a SET challenges = challenges + 1
FROM pipeline.complaint c WHERE c.id = :call_target::uuid AND a.id = c.award_id
RETURNING a.id
