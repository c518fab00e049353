-- Steps of an invitation wait for each other and for those of its need.
SELECT pg_advisory_xact_lock (hashtextextended (i.need_id::text, 0))
FROM pipeline.invitation i WHERE i.id = :call_target::uuid
