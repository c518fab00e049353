-- A proposal for a need of the caller's; one at a time per need.
WITH held AS MATERIALIZED (
    SELECT n.id, n.buyer_id, pg_advisory_xact_lock (hashtextextended (n.id::text, 0))
    FROM pipeline.need n WHERE n.id = :need_id::uuid AND n.buyer_id = :call_org::uuid
)
INSERT INTO pipeline.award (id, need_id, buyer_id, quote_id, reasons, ranking, proposed_by, created_at)
SELECT :call_id::uuid, h.id, h.buyer_id, :quote_id::uuid, :reasons::jsonb,
       (SELECT s.items FROM pipeline.need_scoring s WHERE s.need_id = h.id), :call_account::uuid, :call_now::timestamptz
FROM held h
RETURNING id
