-- Replaces an ask; it stays that of its initiative.
UPDATE pipeline.ask
SET amount_cents = :amount_cents::bigint, min_viable_cents = :min_viable_cents::bigint, kinds = :kinds::text[], text = :text,
    fictional = :fictional::boolean
WHERE id = :call_target::uuid
RETURNING id
