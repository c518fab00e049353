-- Why an offer was refused.
UPDATE catalog.offer SET decision = :reason WHERE id = :call_target::uuid
RETURNING id
