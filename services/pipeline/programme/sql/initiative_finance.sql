-- What it found at the table.
UPDATE pipeline.initiative SET financed_cents = :financed_cents::bigint
 WHERE id = :call_target::uuid
RETURNING id
