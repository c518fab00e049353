-- Keeps the criterion by which an organisation was refused.
UPDATE catalog.organisation SET refuse_reason = :reason
 WHERE id = :call_target::uuid
RETURNING id
