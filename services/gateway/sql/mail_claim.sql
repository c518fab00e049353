-- A mail that is due, for as long as this transaction lasts: one, so that a link in it works as soon as it is sent. What waited for three days without anybody who mails is old.
SELECT m.id, m.due_at, m.tries, coalesce (x.email, a.email) AS email, a.id || '.' || identity.notice_sealed (a.id) AS token,
       CASE WHEN m.try_at < now () - interval '3 days' THEN 'off' ELSE 'on' END AS frequency
  FROM identity.notice_mail m
  JOIN identity.account a ON a.id = m.account_id
  LEFT JOIN identity.address x ON x.id = m.address_id
 WHERE m.ended IS NULL AND m.try_at <= now ()
 ORDER BY m.try_at
 LIMIT 1
   FOR UPDATE OF m SKIP LOCKED
