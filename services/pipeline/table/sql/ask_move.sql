-- Moves an ask to another state; when talks go on, until when.
UPDATE pipeline.ask
SET state = :call_state, version = version + 1,
    follow_until = CASE WHEN :call_state = 'follow_up' AND state <> 'follow_up' THEN pipeline.follow_until (:call_now::timestamptz, round_id)
                        ELSE follow_until END
WHERE id = :call_target::uuid
RETURNING id
