-- Why it does not count.
UPDATE pipeline.sroi_credit SET refuse_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
