-- It goes on; the pause is over.
UPDATE pipeline.initiative SET lapses_at = NULL, drop_reason = NULL
WHERE id = :call_target::uuid AND length (:reason) > 0
RETURNING id
