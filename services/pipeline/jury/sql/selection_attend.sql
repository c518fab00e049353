-- Who was there: the chair, who writes the minute, and jurors of the round. Nobody has signed this version.
WITH there AS (
    SELECT s.id AS selection_id, :call_account::uuid AS account_id, NULL::uuid AS juror_id, s.manager_id AS organisation_id, s.manager_id
    FROM pipeline.selection s WHERE s.id = :call_target::uuid
    UNION ALL
    SELECT s.id, j.account_id, j.id, j.organisation_id, s.manager_id
    FROM pipeline.selection s JOIN pipeline.juror j ON j.round_id = s.round_id AND j.state = 'active'
    WHERE s.id = :call_target::uuid AND j.id = ANY (:jurors::uuid[]) AND j.account_id <> :call_account::uuid
), gone AS (
    DELETE FROM pipeline.selection_present p
    WHERE p.selection_id = :call_target::uuid AND p.account_id NOT IN (SELECT t.account_id FROM there t)
)
INSERT INTO pipeline.selection_present (selection_id, account_id, juror_id, organisation_id, manager_id)
SELECT t.selection_id, t.account_id, t.juror_id, t.organisation_id, t.manager_id FROM there t
ON CONFLICT (selection_id, account_id) DO UPDATE SET juror_id = excluded.juror_id, organisation_id = excluded.organisation_id, signed_at = NULL
RETURNING juror_id
