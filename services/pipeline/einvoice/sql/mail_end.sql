-- A document was taken over, or nobody wants it this way.
UPDATE pipeline.hand_over SET ended = :ended, ended_at = clock_timestamp (), tries = tries + 1
WHERE id = :id::uuid
