-- It was not taken over, and why: later again, each time after twice as long, six hours at most; sixteen times.
UPDATE pipeline.hand_over
SET tries = tries + 1, ended = CASE WHEN tries >= 15 THEN 'given_up' END,
    why = coalesce (left (:ended::text, 300), 'De mailserver nam het niet aan.'),
    ended_at = CASE WHEN tries >= 15 THEN clock_timestamp () END,
    try_at = clock_timestamp () + least (interval '2 seconds' * 2 ^ tries, interval '6 hours')
WHERE id = :id::uuid
