-- What stands in a mail, in the order in which it was written, the first hundred; all is in the inbox.
SELECT l.id, l.organisation_id, l.kind, l.subject, l.subject_en, l.text, l.text_en, l.need_id, l.offer_id, l.profile_id,
       l.score_ppm, l.cut_ppm, l.parts, l.missing, l.made_at, count (*) OVER () AS total
  FROM matching.letter l
 WHERE l.mail_id = :id::uuid
 ORDER BY l.number
 LIMIT 100
