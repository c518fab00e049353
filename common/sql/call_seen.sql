-- The answer that this key got before.
SELECT operation, encode (body_hash, 'hex') AS body_hash, reply, body
FROM idempotency WHERE caller = :call_caller AND key = :call_key
