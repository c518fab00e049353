-- It could not be done now: tried again after 1, 2, 4 ... seconds, at most an hour.
UPDATE timer
SET tries = tries + 1, try_at = clock_timestamp () + least (2 ^ least (tries, 12), 3600) * interval '1 second'
WHERE noun = :timer_noun AND thing_id = :timer_thing::uuid AND command = :timer_command
  AND try_at <= clock_timestamp ()
