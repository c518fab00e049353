-- Counts of jobs as far as the caller may see, newest first.
SELECT j.*, j.id::text AS cursor
FROM pipeline.job_outcome_record j
WHERE (:round_id::uuid IS NULL OR j.round_id = :round_id::uuid)
  AND (:initiative_id::uuid IS NULL OR j.initiative_id = :initiative_id::uuid)
  AND (:call_cursor::text IS NULL OR j.id < pipeline.cursor_id (:call_cursor))
ORDER BY j.id DESC
LIMIT :call_rows::int
