-- Nothing is held against an offer any more.
UPDATE catalog.offer SET decision = NULL WHERE id = :call_target::uuid
RETURNING id
