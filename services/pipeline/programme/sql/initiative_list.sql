-- Initiatives as far as the caller may see them, by title.
WITH found AS (
    SELECT i.id, lower (i.title) AS title
    FROM pipeline.initiative i
    WHERE (:round_id::uuid IS NULL OR i.round_id = :round_id::uuid)
      AND (:state::text IS NULL OR i.state = :state)
      AND (:mine::boolean IS NOT TRUE OR i.applicant_id = app.org ())
), part AS MATERIALIZED (
    SELECT i.* FROM found i
    WHERE :call_cursor::text IS NULL
       OR (i.title, i.id) > (SELECT c.title, c.id FROM found c WHERE c.id = pipeline.cursor_id (:call_cursor))
    ORDER BY i.title, i.id
    LIMIT :call_rows::int
)
SELECT r.*, r.id::text AS cursor, (SELECT count (*) FROM found) AS total
FROM part i JOIN pipeline.initiative_record r ON r.id = i.id
ORDER BY i.title, i.id
