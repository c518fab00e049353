-- Milestones as far as the caller may see, by last day.
SELECT m.*, m.due_on::text || ' ' || m.id::text AS cursor
FROM pipeline.milestone_record m
WHERE (:round_id::uuid IS NULL OR m.round_id = :round_id::uuid)
  AND (:initiative_id::uuid IS NULL OR m.initiative_id = :initiative_id::uuid)
  AND (:state::text IS NULL OR m.state = :state)
  AND (:call_cursor::text IS NULL OR m.due_on::text || ' ' || m.id::text > :call_cursor)
ORDER BY m.due_on, m.id
LIMIT :call_rows::int
