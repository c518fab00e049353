-- When they were last told that they have something to give.
UPDATE pipeline.juror SET reminded_at = :call_now::timestamptz WHERE id = :call_target::uuid RETURNING id
