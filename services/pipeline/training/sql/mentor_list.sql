-- Mentors that the caller may know, by name.
SELECT m.* FROM pipeline.mentor_record m
WHERE :programme_id::uuid IS NULL OR m.programme_id = :programme_id::uuid
ORDER BY lower (m.name), m.id
LIMIT :call_rows::int
