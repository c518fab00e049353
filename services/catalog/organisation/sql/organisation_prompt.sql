-- When it was last written to.
UPDATE catalog.organisation SET prompted_at = :call_now::timestamptz WHERE id = :call_target::uuid
RETURNING id
