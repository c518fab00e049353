-- Its steps wait for each other and for those of its round.
SELECT pg_advisory_xact_lock (hashtextextended (x.round_id::text, 0))
FROM pipeline.objection x WHERE x.id = :call_target::uuid
