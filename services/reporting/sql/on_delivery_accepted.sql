-- A delivery was judged; it is revenue when something of it was accepted.
INSERT INTO reporting.delivery (id, seq, buyer_id, supplier_id, municipality,
                                accepted_on, accepted_cents)
SELECT :id::uuid, :event_seq::bigint, :buyer_id::uuid, :supplier_id::uuid, :municipality,
       (:judged_at::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date, :accepted_cents::bigint
WHERE :accepted_cents::bigint > 0
