-- The judgements that count in a round.
SELECT c.initiative_id, c.juror_id, c.scores
FROM pipeline.judgement_counted c
WHERE c.round_id = :id::uuid
ORDER BY c.initiative_id, c.juror_id
