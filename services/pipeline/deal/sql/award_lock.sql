-- Its steps wait for each other and for those of its need.
SELECT pg_advisory_xact_lock (hashtextextended (x.need_id::text, 0))
FROM pipeline.award x WHERE x.id = :call_target::uuid
