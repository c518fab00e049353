-- What has to change, and until when.
UPDATE pipeline.initiative SET warning = :reason, warned_until = :until::timestamptz WHERE id = :call_target::uuid RETURNING id
