-- Keep the answer under its key, in the transaction that it speaks of. Of what is a week old some goes: nobody repeats that any more.
WITH old AS (
    DELETE FROM idempotency
    WHERE (caller, key) IN (SELECT caller, key FROM idempotency WHERE created_at < :call_now::timestamptz - interval '7 days'
                            ORDER BY created_at LIMIT 4 FOR UPDATE SKIP LOCKED)
)
INSERT INTO idempotency (caller, key, operation, body_hash, reply, body, created_at)
VALUES (:call_caller, :call_key, :call_operation, decode (:call_body_hash, 'hex'), :call_reply, :call_body, :call_now::timestamptz)
