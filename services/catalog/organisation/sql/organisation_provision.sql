-- An enterprise takes part until a day, to show by then what was asked.
WITH turn AS (
    INSERT INTO catalog.review (organisation_id, account_id, turn, reviewed_at)
    SELECT :call_target::uuid, :call_account::uuid, count (*) + 1, :call_now::timestamptz
      FROM catalog.review WHERE organisation_id = :call_target::uuid AND account_id = :call_account::uuid
)
UPDATE catalog.organisation
   SET labels_checked = labels, criterion = NULL, decision = :reason, decided_at = :call_now::timestamptz,
       due_at = ((:until::date + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam')
 WHERE id = :call_target::uuid
RETURNING id
