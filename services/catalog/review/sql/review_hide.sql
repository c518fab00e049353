-- Why nobody reads it.
UPDATE catalog.deal_review SET decision = :reason WHERE id = :call_target::uuid
RETURNING id
