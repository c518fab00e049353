-- Lists of the caller's organisation that are kept, newest first.
SELECT l.*, (SELECT count (*) FROM catalog.favourite f WHERE f.list_id = l.id AND f.state = 'listed') AS entries,
       l.id::text AS cursor
  FROM catalog.favourite_list l
 WHERE l.state = 'kept' AND (:call_cursor::text IS NULL OR l.id < catalog.cursor_id (:call_cursor))
 ORDER BY l.id DESC
 LIMIT :call_rows::int
