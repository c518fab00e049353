-- The jobs it gives, and what proves it.
UPDATE pipeline.initiative SET jobs = :jobs::bigint, evidence = :evidence
 WHERE id = :call_target::uuid
RETURNING id
