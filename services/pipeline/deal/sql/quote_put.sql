-- Replaces what the supplier wrote; a quote stays with its need.
WITH boxed AS (
    UPDATE pipeline.sealed_quote SET box = :box::text
    WHERE quote_id = :call_target::uuid AND :box::text IS NOT NULL
)
UPDATE pipeline.quote
SET offer_id = :offer_id::uuid, message = :message::text, valid_until = :valid_until::date,
    lines = :lines::jsonb, total_cents = :total_cents::bigint, revision = :revision::bigint,
    content_hash = :content_hash::text, salt = :salt::text, received_at = :call_now::timestamptz
WHERE id = :call_target::uuid AND need_id = :need_id::uuid AND sealed = (:box::text IS NOT NULL)
RETURNING id
