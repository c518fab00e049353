-- Holds a meeting and its places: whoever signs up waits for the one before.
SELECT pg_advisory_xact_lock (hashtextextended (m.id::text, 1)) FROM pipeline.meeting m WHERE m.id = :call_target::uuid FOR UPDATE
