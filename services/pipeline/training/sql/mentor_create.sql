-- Somebody of the caller's organisation offers what they bring; they are themselves who speaks for it.
INSERT INTO pipeline.mentor
    (id, programme_id, organisation_id, manager_id, account_id, name, role, skills, goals, municipality, hours, state, created_at)
SELECT :call_id::uuid, p.id, :call_org::uuid, p.manager_id, :call_account::uuid, :name, :role, :skills, :goals::text[], :municipality,
       :hours::bigint, 'active', :call_now::timestamptz
FROM pipeline.programme p
WHERE p.id = :programme_id::uuid
  AND EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = p.id AND s.organisation_id = :call_org::uuid AND s.state = 'taken')
RETURNING id
