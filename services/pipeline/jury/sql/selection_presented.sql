-- What is still presented in its round.
SELECT i.id FROM pipeline.selection s JOIN pipeline.initiative i ON i.round_id = s.round_id
WHERE s.id = :call_target::uuid AND i.state = 'presented'
ORDER BY i.id
