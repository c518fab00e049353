-- How far an initiative came; a state outside the funnel takes nothing back. When it was selected first stays too.
INSERT INTO reporting.initiative (id, round_id, stage, municipality, selected_on, selected_seq)
SELECT :id::uuid, :round_id::uuid, number, :municipality,
       CASE WHEN :state = 'selected' THEN (:event_time::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date END,
       CASE WHEN :state = 'selected' THEN :event_seq::bigint END
FROM reporting.stage WHERE :state = ANY (states)
ON CONFLICT (id) DO UPDATE
SET stage = greatest (initiative.stage, excluded.stage), municipality = excluded.municipality,
    selected_on = coalesce (initiative.selected_on, excluded.selected_on),
    selected_seq = coalesce (initiative.selected_seq, excluded.selected_seq)
