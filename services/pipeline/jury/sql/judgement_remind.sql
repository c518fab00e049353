-- Once.
UPDATE pipeline.judgement SET reminded_at = :call_now::timestamptz WHERE id = :call_target::uuid RETURNING id
