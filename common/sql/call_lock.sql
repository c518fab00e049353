-- Only one request at a time under a key; the others are told so, instead of holding a worker each.
SELECT pg_try_advisory_xact_lock (hashtextextended (:call_caller || ' ' || :call_key, 0)) AS got
