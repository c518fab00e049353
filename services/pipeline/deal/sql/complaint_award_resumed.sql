-- The award, when no other complaint about it is left; its standstill gets back the days that it was suspended.
UPDATE pipeline.award a
SET standstill_until = a.standstill_until + (:call_now::timestamptz - a.suspended_at), suspended_at = NULL
FROM pipeline.complaint c
WHERE c.id = :call_target::uuid AND a.id = c.award_id AND a.state = 'suspended'
  AND a.challenges = 0
RETURNING a.id
