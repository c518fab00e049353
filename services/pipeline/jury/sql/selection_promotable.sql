-- Who comes next on the waiting list, first who is on it by an objection that was right, for as many places as are free, while the round allows it.
SELECT i.id
FROM pipeline.selection s
JOIN pipeline.round r ON r.id = s.round_id AND r.state IN ('decided', 'running')
JOIN pipeline.initiative i ON i.round_id = r.id AND i.state = 'waitlisted' AND i.waiting_until > :call_now::timestamptz
WHERE s.id = :call_target::uuid
ORDER BY i.reinstated_at NULLS LAST, i.waiting_place
LIMIT (SELECT greatest (0, r.select_max - n.selected)
       FROM pipeline.selection s JOIN pipeline.round r ON r.id = s.round_id CROSS JOIN LATERAL pipeline.round_count (r.id) n
       WHERE s.id = :call_target::uuid)
