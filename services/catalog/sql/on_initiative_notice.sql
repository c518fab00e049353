-- Follows an initiative from the moment that it found money.
INSERT INTO catalog.known_initiative AS known
       (id, round_id, applicant_id, manager_id, municipality, goals, target_groups, fictional, state, version)
SELECT :id::uuid, :round_id::uuid, :applicant_id::uuid, :manager_id::uuid, :municipality::text,
       :goals::text[], :target_groups::text[], :fictional::boolean, :state::text, :version::bigint
WHERE :state::text IN ('part_financed', 'financed', 'realised')
   OR EXISTS (SELECT FROM catalog.known_initiative k WHERE k.id = :id::uuid)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, version = excluded.version
WHERE known.version <= excluded.version
