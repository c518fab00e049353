-- Keeps what was decided of each initiative for its applicant, with who would handle an objection, and until when there may be one.
INSERT INTO pipeline.result (initiative_id, round_id, applicant_id, manager_id, outcome, place, reason, rank, total_ppm, ranked, criteria,
                             juror_remarks, handler_id, object_by, decided_at)
SELECT i.id, i.round_id, i.applicant_id, i.manager_id, l.value ->> 'outcome', (l.value ->> 'place')::bigint, l.value ->> 'reason',
       (l.value ->> 'rank')::bigint, (l.value ->> 'total_ppm')::bigint, jsonb_array_length (s.ranking), k.value -> 'criteria',
       (SELECT array_agg (c.remark ORDER BY md5 (c.remark)) FROM pipeline.judgement_counted c
        WHERE c.initiative_id = i.id AND c.remark IS NOT NULL),
       h.handler_id, CASE WHEN h.handler_id IS NOT NULL THEN pipeline.end_of_day (:call_now::timestamptz, r.object_days) END,
       :call_now::timestamptz
FROM pipeline.selection s
JOIN pipeline.round r ON r.id = s.round_id
CROSS JOIN LATERAL jsonb_array_elements (s.lines) l
JOIN pipeline.initiative i ON i.id = (l.value ->> 'initiative_id')::uuid
LEFT JOIN LATERAL jsonb_array_elements (s.ranking) k ON k.value ->> 'initiative_id' = l.value ->> 'initiative_id'
LEFT JOIN pipeline.independent_handler h ON h.initiative_id = i.id AND l.value ->> 'outcome' <> 'selected'
WHERE s.id = :call_target::uuid
