-- Replaces a pledge that does not bind; it stays on its ask.
UPDATE pipeline.pledge
SET kind = :kind, amount_cents = :amount_cents::bigint, conditions = :conditions::jsonb, text = :text, interest = :interest,
    expires_at = :expires_at::timestamptz, fictional = :fictional::boolean
WHERE id = :call_target::uuid
RETURNING id
