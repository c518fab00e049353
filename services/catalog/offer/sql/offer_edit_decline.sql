-- Why a change was declined.
UPDATE catalog.offer_edit SET decision = :reason WHERE id = :call_target::uuid
RETURNING id
