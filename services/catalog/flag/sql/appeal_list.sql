-- Appeals of the caller's organisation, or all of them for a handler, newest first.
SELECT a.id, a.organisation_id, o.name AS organisation_name, a.grounds, a.criterion, a.decision, a.verdict,
       catalog.is_tied (a.organisation_id)
           OR EXISTS (SELECT FROM catalog.organisation p WHERE p.id = app.org () AND p.kind = 'platform') AS tied,
       o.state AS organisation_state, a.state, a.version, a.created_at, a.id::text AS cursor
  FROM catalog.appeal a
  JOIN catalog.organisation o ON o.id = a.organisation_id
 WHERE :call_cursor::text IS NULL OR a.id < catalog.cursor_id (:call_cursor)
 ORDER BY a.id DESC
 LIMIT :call_rows::int
