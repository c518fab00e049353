-- Moves a milestone to another state, and remembers when it was verified and for whom.
UPDATE pipeline.milestone
SET state = :call_state, version = version + 1,
    verified_at = CASE WHEN :call_state = 'verified' THEN :call_now::timestamptz END,
    verified_by = CASE WHEN :call_state = 'verified' THEN :call_org::uuid END
WHERE id = :call_target::uuid
RETURNING id
