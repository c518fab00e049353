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
), job AS (
    SELECT * FROM reporting.job_now WHERE round_id = :id::uuid
), way AS (
    SELECT way.*, CASE WHEN o.admitted THEN o.name END AS enterprise_name
    FROM reporting.way LEFT JOIN reporting.organisation o ON o.id = way.enterprise_id
    WHERE way.round_id = :id::uuid
), value (name, value) AS (
    SELECT 'jobs', coalesce(sum(count), 0)::bigint FROM job
    UNION ALL
    SELECT 'days_to_delivery', percentile_disc(0.5) WITHIN GROUP (ORDER BY days) FROM way HAVING count(days) > 0
)
SELECT round.id AS round_id, round.programme_name, round.number,
       position.seq AS as_of_seq, coalesce(position.recorded_at, :call_now::timestamptz) AS as_of,
       (SELECT json_agg(json_strip_nulls(json_build_object(
                   'name', name,
                   'count', count,
                   'of_previous_e1', (2000 * count + previous) / nullif(2 * previous, 0)))
               ORDER BY number)
        FROM compared) AS stages,
       (SELECT json_agg(json_build_object('name', name, 'value', value, 'money', money, 'definition', nl, 'definition_en', en) ORDER BY place)
        FROM value JOIN reporting.definition USING (name)) AS figures,
       (SELECT coalesce(json_agg(to_json(total) ORDER BY kind), '[]')
        FROM (SELECT kind, sum(count)::bigint AS count, sum(fte_hundredths)::bigint AS fte_hundredths,
                     count(DISTINCT initiative_id) AS initiatives FROM job GROUP BY kind) total) AS jobs,
       (SELECT coalesce(json_agg(to_json(item) ORDER BY seq DESC), '[]')
        FROM (SELECT seq, kind, count, fte_hundredths FROM job ORDER BY seq DESC LIMIT 500) item) AS job_items,
       (SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
                   'initiative_id', initiative_id, 'enterprise_id', CASE WHEN enterprise_name IS NOT NULL THEN enterprise_id END,
                   'enterprise_name', enterprise_name, 'selected_on', selected_on, 'selected_seq', selected_seq,
                   'graduated_seq', graduated_seq, 'accepted_on', accepted_on, 'accepted_seq', accepted_seq, 'days', days))
               ORDER BY days, initiative_id), '[]')
        FROM (SELECT * FROM way ORDER BY days, initiative_id LIMIT 500) way) AS graduates
FROM reporting.round, reporting.position
WHERE round.id = :id::uuid
