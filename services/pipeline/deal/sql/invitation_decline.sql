-- Keeps why the supplier does not quote.
UPDATE pipeline.invitation SET decline_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
