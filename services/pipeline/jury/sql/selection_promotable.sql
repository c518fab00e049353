-- Who comes next on the waiting list: for as many places as were given and came free. Whose objection was right goes first, and may have a
-- place that nobody was given.
WITH place AS (
    SELECT s.round_id, r.select_max, n.selected,
           (SELECT count (*) FROM pipeline.selection_chosen l WHERE l.selection_id = s.id AND l.outcome = 'selected') AS chosen
    FROM pipeline.selection s
    JOIN pipeline.round r ON r.id = s.round_id AND r.state IN ('decided', 'running')
    CROSS JOIN LATERAL pipeline.round_count (r.id) n
    WHERE s.id = :call_target::uuid
), line AS (
    SELECT i.id, i.reinstated_at, row_number () OVER (ORDER BY i.reinstated_at NULLS LAST, i.waiting_place, i.id) AS at
    FROM place p
    JOIN pipeline.initiative i ON i.round_id = p.round_id AND i.state = 'waitlisted' AND i.waiting_until > :call_now::timestamptz
)
SELECT l.id
FROM line l CROSS JOIN place p
WHERE p.selected + l.at <= CASE WHEN l.reinstated_at IS NULL THEN least (p.chosen, p.select_max) ELSE p.select_max END
ORDER BY l.at
