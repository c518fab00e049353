-- An organisation takes part, until it has to be looked at again. The platform's own word (who loads a market that
-- exists) counts from now, whenever it says that it was.
WITH turn AS (
    INSERT INTO catalog.review (organisation_id, account_id, turn, reviewed_at)
    SELECT :call_target::uuid, :call_account::uuid, count (*) + 1, :call_now::timestamptz
      FROM catalog.review WHERE organisation_id = :call_target::uuid AND account_id = :call_account::uuid
    HAVING NOT app.may (4096)
)
UPDATE catalog.organisation o
   SET labels_checked = o.labels, criterion = NULL, decision = NULL, decided_at = :call_now::timestamptz,
       due_at = CASE WHEN o.kind = 'enterprise' THEN catalog.recheck_at (o.labels,
                    CASE WHEN app.may (4096) THEN now () ELSE :call_now::timestamptz END) END
 WHERE id = :call_target::uuid
RETURNING id
