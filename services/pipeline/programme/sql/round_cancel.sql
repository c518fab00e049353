-- Why it goes no further.
UPDATE pipeline.round SET cancel_reason = :reason WHERE id = :call_target::uuid RETURNING id
