-- When it was decided.
UPDATE pipeline.selection SET decided_at = :call_now::timestamptz WHERE id = :call_target::uuid RETURNING id
