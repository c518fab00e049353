-- What was decided of a round of the caller's, and the ranking by which it was.
SELECT s.lines, s.ranking FROM pipeline.selection s
WHERE s.round_id = :id::uuid AND s.manager_id = app.org () AND s.state = 'decided'
