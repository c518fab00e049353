-- Keeps why.
UPDATE pipeline.award SET reject_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
