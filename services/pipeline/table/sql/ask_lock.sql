-- Holds an ask and the pledges on it; whoever holds both, holds the round first.
SELECT pg_advisory_xact_lock (hashtextextended (a.round_id::text, 0)), pg_advisory_xact_lock (hashtextextended (a.id::text, 0))
FROM pipeline.ask a
WHERE a.id = :call_target::uuid
