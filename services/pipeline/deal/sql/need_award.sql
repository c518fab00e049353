-- Keeps the choice and why; the constraint quote_of_need refuses a quote of another need.
UPDATE pipeline.need
SET awarded_quote_id = :quote_id::uuid, motivation = :motivation::text
WHERE id = :call_target::uuid
RETURNING id
