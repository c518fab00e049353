-- The judgements that count in its round.
SELECT c.initiative_id, c.juror_id, c.scores
FROM pipeline.selection s JOIN pipeline.judgement_counted c ON c.round_id = s.round_id
WHERE s.id = :call_target::uuid
ORDER BY c.initiative_id, c.juror_id
