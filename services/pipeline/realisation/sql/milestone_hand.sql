-- What shows that it was reached takes the place of what did before.
UPDATE pipeline.milestone
SET evidence = :evidence, documents = :documents::jsonb, handed_in_at = :call_now::timestamptz, remarks = NULL
WHERE id = :call_target::uuid
RETURNING id
