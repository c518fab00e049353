-- When it was last told that they are late.
UPDATE pipeline.juror SET escalated_at = :call_now::timestamptz WHERE id = :call_target::uuid RETURNING id
