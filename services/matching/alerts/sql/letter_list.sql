-- What the caller's organisation was told, newest first.
SELECT l.id, l.organisation_id, l.kind, l.subject, l.subject_en, l.text, l.text_en, l.need_id, l.offer_id, l.profile_id, l.score_ppm, l.cut_ppm,
       l.parts, l.missing, l.made_at, l.read_at, m.sent_at AS mailed_at, l.id::text AS cursor,
       (SELECT count (*) FROM matching.letter t
         WHERE t.organisation_id = app.org () AND (:unread::boolean IS NOT TRUE OR t.read_at IS NULL)) AS total
  FROM matching.letter l
  LEFT JOIN matching.mail m ON m.id = l.mail_id
 WHERE l.organisation_id = app.org ()
   AND (:unread::boolean IS NOT TRUE OR l.read_at IS NULL)
   AND (:call_cursor::text IS NULL
        OR l.number < (SELECT c.number FROM matching.letter c WHERE c.id = matching.cursor_id (:call_cursor)))
 ORDER BY l.number DESC
 LIMIT :call_rows::int
