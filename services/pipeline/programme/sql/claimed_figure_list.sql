-- Claims of a round or of all, in the order in which they were cited.
SELECT c.*, c.id::text AS cursor
  FROM pipeline.claimed_figure c
 WHERE (:round_id::uuid IS NULL OR c.round_id = :round_id::uuid)
   AND (:call_cursor::text IS NULL OR c.id > pipeline.cursor_id (:call_cursor))
 ORDER BY c.id
 LIMIT :call_rows::int
