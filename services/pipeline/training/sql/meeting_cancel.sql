-- Why it does not take place.
UPDATE pipeline.meeting SET reason = :reason WHERE id = :call_target::uuid RETURNING id
