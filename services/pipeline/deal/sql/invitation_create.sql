-- Asks an enterprise to quote for a need of the caller's.
INSERT INTO pipeline.invitation
    (id, need_id, buyer_id, supplier_id, offer_id, message, outside_reason, created_at)
SELECT :call_id::uuid, n.id, n.buyer_id, :supplier_id::uuid, :offer_id::uuid, :message::text, :outside_reason::text,
       :call_now::timestamptz
FROM pipeline.need n
WHERE n.id = :need_id::uuid AND n.buyer_id = :call_org::uuid
RETURNING id
