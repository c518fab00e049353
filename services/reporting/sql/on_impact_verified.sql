-- Another organisation verified a claim of impact: it counts.
INSERT INTO reporting.impact (id, seq, supplier_id, municipality, indicator, target_group, quantity, verified_on)
SELECT :id::uuid, :event_seq::bigint, :supplier_id::uuid, :municipality, :indicator, :target_group::text, :quantity::bigint,
       (:verified_at::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date
