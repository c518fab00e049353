-- Keeps why it came back.
UPDATE pipeline.need SET return_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
