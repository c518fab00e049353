-- Reports of the caller's organisation, or all of them for a moderator; what waits comes first.
SELECT id, offer_id, organisation_id, review_id, subject, reporter_id, ground, text, statement, decided_at,
       catalog.is_tied (reported_id) OR catalog.is_tied (reporter_id) AS tied, state, version, created_at,
       id::text AS cursor
  FROM catalog.flag f
 WHERE (reporter_id = app.org () OR app.may (512))
   AND (:call_cursor::text IS NULL OR (state IN ('action', 'no_action'), id)
        > (SELECT c.state IN ('action', 'no_action'), c.id FROM catalog.flag c WHERE c.id = catalog.cursor_id (:call_cursor)))
 ORDER BY state IN ('action', 'no_action'), id
 LIMIT :call_rows::int
