-- Mails that are due, for as long as this transaction lasts; with what they are addressed by.
SELECT m.id, m.organisation_id, m.due_at, m.tries, s.frequency, s.email,
       m.organisation_id || '.' || matching.sealed (m.organisation_id) AS token
  FROM matching.mail m
  LEFT JOIN matching.alert_setting s ON s.id = m.organisation_id
 WHERE m.ended IS NULL AND m.try_at <= now ()
 ORDER BY m.try_at
 LIMIT 10
   FOR UPDATE OF m SKIP LOCKED
