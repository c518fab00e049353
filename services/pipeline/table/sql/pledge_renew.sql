-- It is offered again; until when that holds has to be said anew, where that moment has passed.
UPDATE pipeline.pledge SET expires_at = CASE WHEN expires_at > :call_now::timestamptz THEN expires_at END
WHERE id = :call_target::uuid
RETURNING id
