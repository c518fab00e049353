-- The searches that the caller's organisation keeps, newest first.
SELECT id, organisation_id, kind, words, municipality, sectors, target_groups, cpv, state, version, created_at, id::text AS cursor
  FROM matching.profile
 WHERE organisation_id = app.org () AND state = 'kept'
   AND (:call_cursor::text IS NULL OR id < matching.cursor_id (:call_cursor))
 ORDER BY id DESC
 LIMIT :call_rows::int
