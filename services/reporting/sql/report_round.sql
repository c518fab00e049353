-- The funnel of a round: how many came at least this far, and of the stage before in tenths of a
-- percent, rounded half up.
WITH reached AS (
    SELECT stage.number, stage.name, count(initiative.id) AS count
    FROM reporting.stage
    LEFT JOIN reporting.initiative
           ON initiative.round_id = :id::uuid AND initiative.stage >= stage.number
    GROUP BY stage.number, stage.name
), compared AS (
    SELECT number, name, count, lag(count) OVER (ORDER BY number) AS previous FROM reached
)
SELECT round.id AS round_id, round.programme_name, round.number,
       position.seq AS as_of_seq, coalesce(position.recorded_at, :call_now::timestamptz) AS as_of,
       (SELECT json_agg(json_strip_nulls(json_build_object(
                   'name', name,
                   'count', count,
                   'of_previous_e1', (2000 * count + previous) / nullif(2 * previous, 0)))
               ORDER BY number)
        FROM compared) AS stages
FROM reporting.round, reporting.position
WHERE round.id = :id::uuid
