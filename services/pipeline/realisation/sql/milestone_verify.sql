-- What was seen.
UPDATE pipeline.milestone SET remarks = :remarks WHERE id = :call_target::uuid RETURNING id
