-- What who complained answers.
UPDATE pipeline.complaint SET answer = :reason::text
WHERE id = :call_target::uuid
RETURNING id
