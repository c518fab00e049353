-- What an initiative found: what binds.
UPDATE pipeline.initiative i SET financed_cents = :bound_cents::bigint
FROM pipeline.ask a
WHERE a.id = :ask_id::uuid AND i.id = a.initiative_id
