-- What was decided on reports of the caller's own organisation and offers; not who reported, nor in which words.
SELECT id, subject, ground, state, statement, decided_at, id::text AS cursor
  FROM catalog.flag
 WHERE reported_id = app.org () AND state IN ('action', 'no_action')
   AND (:call_cursor::text IS NULL OR id < catalog.cursor_id (:call_cursor))
 ORDER BY id DESC
 LIMIT :call_rows::int
