-- From here on they may read, once the jury scores.
UPDATE pipeline.juror SET declared_at = :call_now::timestamptz WHERE id = :call_target::uuid RETURNING id
