-- More of a delivery was accepted, after a dispute: what it counts for is what it comes to now, on the day of its judgement.
INSERT INTO reporting.delivery (id, seq, buyer_id, supplier_id, municipality,
                                accepted_on, accepted_cents)
SELECT :id::uuid, :event_seq::bigint, :buyer_id::uuid, :supplier_id::uuid, :municipality,
       (:judged_at::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date, :accepted_cents::bigint
WHERE :accepted_cents::bigint > 0
ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, accepted_cents = excluded.accepted_cents
