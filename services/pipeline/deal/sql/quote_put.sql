-- Replaces what the supplier wrote; a quote stays with its need.
UPDATE pipeline.quote
SET offer_id = :offer_id::uuid, message = :message::text, valid_until = :valid_until::date,
    lines = :lines::jsonb, total_cents = pipeline.lines_total (:lines::jsonb)
WHERE id = :call_target::uuid AND need_id = :need_id::uuid
RETURNING id
