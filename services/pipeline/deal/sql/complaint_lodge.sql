-- A complaint about the award of a need, before the handler that its seal or its buyer names.
WITH held AS MATERIALIZED (
    SELECT n.id, n.buyer_id, pg_advisory_xact_lock (hashtextextended (n.id::text, 0))
    FROM pipeline.need n WHERE n.id = :need_id::uuid
)
INSERT INTO pipeline.complaint (id, need_id, award_id, supplier_id, buyer_id, handler_id, grounds, remedy, created_at)
SELECT :call_id::uuid, h.id, a.id, :call_org::uuid, h.buyer_id, s.handler_id, :grounds::text, :remedy::text, :call_now::timestamptz
FROM held h
CROSS JOIN LATERAL (SELECT d.id FROM pipeline.award d WHERE d.need_id = h.id AND d.decided_at IS NOT NULL
                    ORDER BY d.id DESC LIMIT 1) a
JOIN pipeline.seal s ON s.need_id = h.id
RETURNING id
