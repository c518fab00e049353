-- Holds a round, and everything that moves in it.
SELECT pg_advisory_xact_lock (hashtextextended (r.id::text, 0))
  FROM pipeline.round r
 WHERE r.id = :call_target::uuid
   FOR UPDATE
