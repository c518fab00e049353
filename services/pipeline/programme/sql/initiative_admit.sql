-- What the screening found.
UPDATE pipeline.initiative SET checks = :checks::jsonb WHERE id = :call_target::uuid RETURNING id
