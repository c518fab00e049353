-- A mail could not be sent: later again, each time after twice as long, six hours at most; sixteen times, some three days.
UPDATE identity.notice_mail
   SET tries = tries + 1, ended = CASE WHEN tries >= 15 THEN 'given_up' END,
       try_at = clock_timestamp () + least (interval '30 seconds' * 2 ^ tries, interval '6 hours')
 WHERE id = :id::uuid
