-- What was in the box.
UPDATE pipeline.quote
SET lines = :lines::jsonb, total_cents = :total_cents::bigint, message = :message::text, valid_until = :valid_until::date,
    salt = :salt::text, opened_at = :call_now::timestamptz
WHERE id = :quote_id::uuid
RETURNING id
