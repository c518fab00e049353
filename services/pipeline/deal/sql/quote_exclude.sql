-- Keeps why.
UPDATE pipeline.quote SET exclude_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
