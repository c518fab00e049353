-- The statement of reasons, for both sides.
UPDATE catalog.flag SET statement = :statement, decided_at = :call_now::timestamptz
 WHERE id = :call_target::uuid
RETURNING id
