-- Its steps wait for each other and for everything that moves in its round.
SELECT pg_advisory_xact_lock (hashtextextended (x.round_id::text, 0))
FROM pipeline.selection x WHERE x.id = :call_target::uuid
