-- Moves a change to another state, which is its last.
UPDATE catalog.offer_edit SET state = :call_state, version = version + 1, decided_at = :call_now::timestamptz
 WHERE id = :call_target::uuid
RETURNING id
