-- How far an initiative came; who gives a place back was not selected, as somebody else is then. When it was selected first stays.
WITH gave_back AS (
    UPDATE reporting.initiative i SET stage = least (i.stage, s.number), selected_on = NULL, selected_seq = NULL
    FROM reporting.stage s
    WHERE i.id = :id::uuid AND s.name = 'presented' AND :state IN ('declined', 'withdrawn')
)
INSERT INTO reporting.initiative (id, round_id, stage, municipality, selected_on, selected_seq)
SELECT :id::uuid, :round_id::uuid, number, :municipality,
       CASE WHEN :state = 'selected' THEN (:event_time::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date END,
       CASE WHEN :state = 'selected' THEN :event_seq::bigint END
FROM reporting.stage WHERE :state = ANY (states)
ON CONFLICT (id) DO UPDATE
SET stage = greatest (initiative.stage, excluded.stage), municipality = excluded.municipality,
    selected_on = coalesce (initiative.selected_on, excluded.selected_on),
    selected_seq = coalesce (initiative.selected_seq, excluded.selected_seq)
