-- Why it goes no further.
UPDATE pipeline.pairing SET reason = :reason WHERE id = :call_target::uuid RETURNING id
