-- Why an offer was taken off the market.
UPDATE catalog.offer SET decision = :reason WHERE id = :call_target::uuid
RETURNING id
