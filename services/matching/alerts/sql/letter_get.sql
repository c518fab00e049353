-- A letter to the caller's organisation.
SELECT l.id, l.organisation_id, l.kind, l.subject, l.subject_en, l.text, l.text_en, l.need_id, l.offer_id, l.profile_id, l.score_ppm, l.cut_ppm,
       l.parts, l.missing, l.made_at, l.read_at, m.sent_at AS mailed_at
  FROM matching.letter l
  LEFT JOIN matching.mail m ON m.id = l.mail_id
 WHERE l.id = ANY (:call_targets::uuid[]) AND l.organisation_id = app.org ()
