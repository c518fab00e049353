-- Keeps what it was, and why it may change.
UPDATE pipeline.judgement
SET reason = :reason::text, earlier = earlier || jsonb_strip_nulls (jsonb_build_object (
    'scores', scores, 'confidence', confidence, 'remark', remark, 'abstain', abstain,
    'locked_at', to_char (locked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'reason', :reason::text))
WHERE id = :call_target::uuid
RETURNING id
