-- A draft of the caller's for a need that it can see. What is in a box stands nowhere else.
WITH made AS (
    INSERT INTO pipeline.quote
        (id, need_id, supplier_id, buyer_id, offer_id, message, valid_until, lines, total_cents,
         sealed, content_hash, salt, received_at, created_at)
    SELECT :call_id::uuid, n.id, :call_org::uuid, n.buyer_id, :offer_id::uuid, :message::text,
           :valid_until::date, :lines::jsonb, :total_cents::bigint, :box::text IS NOT NULL,
           :content_hash::text, :salt::text, :call_now::timestamptz, :call_now::timestamptz
    FROM pipeline.need n
    WHERE n.id = :need_id::uuid
    RETURNING id, need_id, supplier_id, buyer_id
), boxed AS (
    INSERT INTO pipeline.sealed_quote (quote_id, need_id, supplier_id, buyer_id, box)
    SELECT id, need_id, supplier_id, buyer_id, :box::text FROM made WHERE :box::text IS NOT NULL
)
SELECT id FROM made
