-- One at a time per need: its own steps, its quotes' and its invitations'. A lock on the number and
-- not on the row, because suppliers may not lock the row of a buyer.
SELECT pg_advisory_xact_lock (hashtextextended (n.id::text, 0))
FROM pipeline.need n WHERE n.id = :call_target::uuid
