-- Replaces what a mentor brings; the programme and the role stay.
UPDATE pipeline.mentor
SET name = :name, skills = :skills, goals = :goals::text[], municipality = :municipality, hours = :hours::bigint
WHERE id = :call_target::uuid
RETURNING id
