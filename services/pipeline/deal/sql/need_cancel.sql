-- Keeps why.
UPDATE pipeline.need SET cancel_cause = :cause::text, cancel_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
