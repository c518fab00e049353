-- Keeps what is asked of an organisation.
UPDATE catalog.organisation SET decision = :reason, decided_at = :call_now::timestamptz
 WHERE id = :call_target::uuid
RETURNING id
