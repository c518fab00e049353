-- Keeps the ranking, what is chosen, and by which judgements.
UPDATE pipeline.selection s
SET ranking = :ranking::jsonb, lines = :lines::jsonb, counted_hash = pipeline.counted_hash (s.round_id)
WHERE s.id = :call_target::uuid
RETURNING id
