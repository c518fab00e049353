-- A mail is sent, or nobody wants it any more.
UPDATE matching.mail SET ended = :ended, sent_at = CASE :ended WHEN 'sent' THEN clock_timestamp () END, tries = tries + 1
 WHERE id = :id::uuid
