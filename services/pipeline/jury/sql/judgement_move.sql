-- Brings it to the state that the step leads to.
UPDATE pipeline.judgement
SET state = :call_state, version = version + 1, asked = CASE WHEN :call_state = 'reopened' THEN NULL ELSE asked END,
    locked_at = CASE WHEN :call_state = 'locked' THEN :call_now::timestamptz ELSE locked_at END
WHERE id = :call_target::uuid
RETURNING id
