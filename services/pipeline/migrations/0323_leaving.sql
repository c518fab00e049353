-- Who leaves a jury reads nothing of it any more; what they did not give is let go of nevertheless, in the same transaction.
CREATE POLICY leaves ON pipeline.judgement
    USING (account_id = app.account () AND state IN ('assigned', 'started', 'reopened')
           AND EXISTS (SELECT FROM pipeline.juror j WHERE j.id = juror_id AND j.state = 'left'))
    WITH CHECK (account_id = app.account () AND state = 'recused');

-- Who left before this was so.
ALTER TABLE pipeline.judgement NO FORCE ROW LEVEL SECURITY;
UPDATE pipeline.judgement x SET state = 'recused', version = x.version + 1
FROM pipeline.juror j WHERE j.id = x.juror_id AND j.state = 'left' AND x.state IN ('assigned', 'started', 'reopened');
ALTER TABLE pipeline.judgement FORCE ROW LEVEL SECURITY;
