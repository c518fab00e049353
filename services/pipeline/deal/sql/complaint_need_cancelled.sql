-- The need that is not bought after all, and why.
UPDATE pipeline.need n SET cancel_cause = 'error', cancel_reason = left (c.decision, 2000)
FROM pipeline.complaint c
WHERE c.id = :call_target::uuid AND n.id = c.need_id AND n.state = 'suspended'
RETURNING n.id
