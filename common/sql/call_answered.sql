-- Keep the answer under its key, in the transaction that it speaks of.
INSERT INTO idempotency (caller, key, operation, body_hash, reply, body, created_at)
VALUES (:call_caller, :call_key, :call_operation, decode (:call_body_hash, 'hex'), :call_reply, :call_body, :call_now::timestamptz)
