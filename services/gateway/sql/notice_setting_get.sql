-- How the caller is told by mail, and at which address.
SELECT coalesce (s.act, 'at_once') AS act, coalesce (s.inform, 'daily') AS inform, a.email
  FROM identity.account a LEFT JOIN identity.notice_setting s ON s.account_id = a.id
 WHERE a.id = :call_account::uuid
