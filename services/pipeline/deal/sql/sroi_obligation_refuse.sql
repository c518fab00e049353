-- Why it is not recognised.
UPDATE pipeline.sroi_obligation SET refuse_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
