-- The partners' score.
UPDATE pipeline.initiative SET score = :score::bigint WHERE id = :call_target::uuid RETURNING id
