-- What a moderator asks to change.
UPDATE catalog.offer SET decision = :reason WHERE id = :call_target::uuid
RETURNING id
