-- Which evidence is missing.
UPDATE pipeline.impact_claim SET question = :reason::text
WHERE id = :call_target::uuid
RETURNING id
