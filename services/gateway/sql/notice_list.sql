-- What the caller was told for the organisation that they act for, newest first.
SELECT n.id, n.organisation_id, n.event, n.role, n.noun, n.thing_id, n.page_id, coalesce (n.title, c.title) AS title, n.act, n.made_at, n.read_at,
       m.sent_at AS mailed_at, n.number::text AS cursor,
       (SELECT count (*) FROM identity.notice t
         WHERE t.account_id = :call_account::uuid AND t.organisation_id = :call_org::uuid
           AND (:unread::boolean IS NOT TRUE OR t.read_at IS NULL)) AS total
  FROM identity.notice n
  LEFT JOIN identity.notice_mail m ON m.id = n.mail_id
  LEFT JOIN stream.caption c ON c.id = n.caption_id
 WHERE n.account_id = :call_account::uuid AND n.organisation_id = :call_org::uuid
   AND (:unread::boolean IS NOT TRUE OR n.read_at IS NULL)
   AND (:call_cursor::text IS NULL OR n.number < identity.notice_cursor (:call_cursor))
 ORDER BY n.number DESC
 LIMIT :call_rows::int
