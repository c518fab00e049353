-- What the handler asks; an earlier answer was to an earlier question.
UPDATE pipeline.complaint SET question = :reason::text, answer = NULL
WHERE id = :call_target::uuid
RETURNING id
