-- One process at a time is at a timer. A lock of its own, not the row's: a step of somebody else
-- locks the thing first and this row last.
SELECT clock_timestamp () AS now
FROM timer
WHERE noun = :timer_noun AND thing_id = :timer_thing::uuid AND command = :timer_command
  AND try_at <= clock_timestamp ()
  AND pg_try_advisory_xact_lock (hashtextextended (concat_ws (' ', noun, thing_id, command), 1))
