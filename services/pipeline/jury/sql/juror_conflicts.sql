-- Keeps where a juror is not impartial; of what does not apply in their round nothing is kept.
INSERT INTO pipeline.conflict (round_id, account_id, initiative_id, manager_id, kind, note, declared_at)
SELECT j.round_id, j.account_id, c.id, j.manager_id, c.kind, c.note, :call_now::timestamptz
FROM pipeline.juror j, jsonb_to_recordset (:conflicts::jsonb) AS c (id uuid, kind text, note text)
WHERE j.id = :id::uuid AND pipeline.applies_in (c.id, j.round_id)
ON CONFLICT DO NOTHING
