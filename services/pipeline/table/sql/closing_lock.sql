-- Holds the pledges of all asks at the table of a round.
SELECT pg_advisory_xact_lock (hashtextextended (a.id::text, 0))
FROM (SELECT id FROM pipeline.ask WHERE round_id = :id::uuid ORDER BY id) a
