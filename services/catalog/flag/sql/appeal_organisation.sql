-- The organisation of an appeal, if the decision still stands. It takes part until it has to be looked at again.
UPDATE catalog.organisation o
   SET criterion = NULL, suspended_by = NULL, suspension_confirmed_by = NULL,
       due_at = CASE WHEN o.state = 'refused' THEN NULL
                     ELSE coalesce (o.due_before, catalog.recheck_at (o.labels, :call_now::timestamptz)) END
  FROM catalog.appeal a
 WHERE a.id = :call_target::uuid AND o.id = a.organisation_id AND o.state IN ('refused', 'suspended', 'removed')
RETURNING o.id
