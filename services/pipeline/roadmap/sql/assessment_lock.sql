-- Holds an assessment, and what is in force for its city and theme.
SELECT pg_advisory_xact_lock (hashtextextended (a.city_id::text || a.theme, 0))
  FROM pipeline.assessment a
 WHERE a.id = :call_target::uuid
   FOR UPDATE
