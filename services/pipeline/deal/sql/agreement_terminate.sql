-- Keeps why it was ended.
UPDATE pipeline.agreement SET end_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
