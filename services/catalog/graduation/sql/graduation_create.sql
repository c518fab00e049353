-- An initiative of the caller's goes on as that enterprise; once.
INSERT INTO catalog.graduation (id, initiative_id, applicant_id, manager_id, round_id, enterprise_id, name, state, created_at)
SELECT :call_id::uuid, i.id, i.applicant_id, i.manager_id, i.round_id, :enterprise_id::uuid, :name, 'begun', :call_now::timestamptz
FROM catalog.known_initiative i
WHERE i.id = :initiative_id::uuid AND i.applicant_id = :call_org::uuid
RETURNING id
