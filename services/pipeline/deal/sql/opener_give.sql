-- What the code opened, locked for the platform until the other opener comes.
UPDATE pipeline.opener SET handed = :handed::text, given_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
