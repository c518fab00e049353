-- A mail is sent, or nobody wants it any more.
UPDATE identity.notice_mail
   SET ended = :ended, sent_at = CASE :ended WHEN 'sent' THEN clock_timestamp () END, tries = tries + 1
 WHERE id = :id::uuid
