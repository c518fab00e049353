-- Moves a count of jobs to another state, and remembers when it was confirmed.
UPDATE pipeline.job_outcome
SET state = :call_state, version = version + 1, confirmed_at = CASE WHEN :call_state = 'confirmed' THEN :call_now::timestamptz END
WHERE id = :call_target::uuid
RETURNING id
