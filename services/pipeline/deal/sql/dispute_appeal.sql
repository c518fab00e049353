-- Why one side appeals.
UPDATE pipeline.dispute SET appeal_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
