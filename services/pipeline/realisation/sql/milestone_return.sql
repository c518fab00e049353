-- What is missing.
UPDATE pipeline.milestone SET remarks = :reason WHERE id = :call_target::uuid RETURNING id
