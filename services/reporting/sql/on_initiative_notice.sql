-- How far an initiative came; a state outside the funnel takes nothing back.
INSERT INTO reporting.initiative (id, round_id, stage)
SELECT :id::uuid, :round_id::uuid, number FROM reporting.stage WHERE :state = ANY (states)
ON CONFLICT (id) DO UPDATE SET stage = greatest (initiative.stage, excluded.stage)
