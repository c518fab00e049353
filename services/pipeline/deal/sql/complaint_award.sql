-- The award that was in its standstill until now.
UPDATE pipeline.award a SET suspended_at = :call_now::timestamptz
FROM pipeline.complaint c
WHERE c.id = :call_target::uuid AND a.id = c.award_id AND a.state = 'standstill'
RETURNING a.id
