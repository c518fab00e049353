-- Why it left the programme.
UPDATE pipeline.initiative SET drop_reason = :reason WHERE id = :call_target::uuid RETURNING id
