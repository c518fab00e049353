-- What stands in a mail, as long as it was not read yet, and is still wanted; the first hundred, all is in the inbox.
SELECT n.id, n.organisation_id, n.event, n.role, n.noun, n.thing_id, n.page_id, coalesce (n.title, c.title) AS title, n.act, n.made_at,
       count (*) OVER () AS total
  FROM identity.notice n
  LEFT JOIN stream.caption c ON c.id = n.caption_id
  LEFT JOIN identity.notice_setting s ON s.account_id = n.account_id
 WHERE n.mail_id = :id::uuid AND n.read_at IS NULL
   AND CASE WHEN n.act THEN coalesce (s.act, 'at_once') ELSE coalesce (s.inform, 'daily') END <> 'off'
 ORDER BY n.act DESC, n.number
 LIMIT 100
