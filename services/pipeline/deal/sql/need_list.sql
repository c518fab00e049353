-- Needs on the market and the caller's own, newest first.
WITH matching AS (
    SELECT n.id
    FROM pipeline.need n
    WHERE (:state::text IS NULL OR n.state = :state::text)
      AND (:municipality::text IS NULL OR n.municipality = :municipality::text)
      AND (:mine::boolean IS NOT TRUE OR n.buyer_id = app.org ())
), shown AS (
    SELECT m.id
    FROM matching m
    WHERE :call_cursor::text IS NULL OR m.id < pipeline.cursor_id (:call_cursor::text)
    ORDER BY m.id DESC
    LIMIT :call_rows::int
)
SELECT r.*, r.id::text AS cursor, (SELECT count (*) FROM matching) AS total
FROM shown s JOIN pipeline.need_record r ON r.id = s.id
ORDER BY r.id DESC
