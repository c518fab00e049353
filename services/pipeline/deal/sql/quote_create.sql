-- A draft of the caller's for a need that it can see.
INSERT INTO pipeline.quote
    (id, need_id, supplier_id, buyer_id, offer_id, message, valid_until, lines, total_cents,
     created_at)
SELECT :call_id::uuid, n.id, :call_org::uuid, n.buyer_id, :offer_id::uuid, :message::text,
       :valid_until::date, :lines::jsonb, pipeline.lines_total (:lines::jsonb),
       :call_now::timestamptz
FROM pipeline.need n
WHERE n.id = :need_id::uuid
RETURNING id
