-- Who is told that a meeting does not take place.
SELECT id FROM pipeline.attendance WHERE meeting_id = :id::uuid AND state <> 'void' ORDER BY id
