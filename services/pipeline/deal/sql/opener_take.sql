-- The public half of a fresh code, for a need of the caller's; one at a time per need.
WITH held AS MATERIALIZED (
    SELECT n.id, n.buyer_id, pg_advisory_xact_lock (hashtextextended (n.id::text, 0))
    FROM pipeline.need n WHERE n.id = :need_id::uuid AND n.buyer_id = :call_org::uuid
)
INSERT INTO pipeline.opener (id, need_id, buyer_id, account_id, public_key, created_at)
SELECT :call_id::uuid, h.id, h.buyer_id, :call_account::uuid, :public_key::text, :call_now::timestamptz
FROM held h
RETURNING id
