-- An appeal of the caller's organisation, with the decision as it is.
INSERT INTO catalog.appeal (id, organisation_id, grounds, criterion, decision, state, created_at)
SELECT :call_id::uuid, o.id, :grounds, o.criterion, o.decision, 'lodged', :call_now::timestamptz
  FROM catalog.organisation o WHERE o.id = :call_org::uuid
RETURNING id
