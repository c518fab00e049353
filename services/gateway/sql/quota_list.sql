-- All quotas there are and were, the newest first.
SELECT id, kind, holder_id, amount, window_ms, valid_from, valid_until, note, id::text AS cursor
FROM identity.quota
WHERE :call_cursor::uuid IS NULL OR id < :call_cursor::uuid
ORDER BY id DESC
LIMIT :call_rows::bigint
