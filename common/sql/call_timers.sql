-- What waits for its moment after a step, instead of what waited before it. Where a step of the past is
-- told (a history that is loaded), what followed it may be told as well: it gets an hour for that.
WITH ended AS (
    DELETE FROM timer
    WHERE noun = :timer_noun AND thing_id = :timer_thing::uuid
      AND command <> ALL (:timer_commands::text[])
)
INSERT INTO timer (noun, thing_id, command, org, due_at, try_at)
SELECT :timer_noun, :timer_thing::uuid, t.command, :timer_org::uuid, t.due_at,
       CASE WHEN :timer_now::timestamptz < clock_timestamp () - interval '1 minute'
            THEN greatest (t.due_at, clock_timestamp () + interval '1 hour') ELSE t.due_at END
FROM unnest (:timer_commands::text[], :timer_dues::timestamptz[]) AS t (command, due_at)
ON CONFLICT (noun, thing_id, command) DO UPDATE
SET due_at = excluded.due_at, try_at = excluded.try_at, tries = 0
