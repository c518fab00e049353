-- Steps of a question wait for each other and for those of its need.
SELECT pg_advisory_xact_lock (hashtextextended (q.need_id::text, 0))
FROM pipeline.need_question q WHERE q.id = :call_target::uuid
