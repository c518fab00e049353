-- Keeps why, and what the handler's code opened, locked for the platform.
UPDATE pipeline.seal SET escrow_handed = :handed::text, release_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
