-- What a juror who left did not give.
SELECT id FROM pipeline.judgement WHERE juror_id = :id::uuid AND state IN ('assigned', 'started', 'reopened') ORDER BY id
