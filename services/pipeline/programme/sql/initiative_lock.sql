-- Holds an initiative and the places of its round: whoever moves in a round waits for the one
-- before.
SELECT pg_advisory_xact_lock (hashtextextended (i.round_id::text, 0))
  FROM pipeline.initiative i
 WHERE i.id = :call_target::uuid
   FOR UPDATE
