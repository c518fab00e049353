-- One report, for who reported it and for moderators.
SELECT id, offer_id, organisation_id, review_id, subject, reporter_id, ground, text, statement, decided_at,
       catalog.is_tied (reported_id) OR catalog.is_tied (reporter_id) AS tied, state, version, created_at
  FROM catalog.flag
 WHERE id = ANY (:call_targets::uuid[]) AND (reporter_id = app.org () OR app.may (512))
