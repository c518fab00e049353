-- What an offer is about may have changed.
WITH heard AS (SELECT reporting.heard_of (:supplier_id::uuid, :event_time::timestamptz))
UPDATE reporting.offer SET cpv = :cpv::text FROM heard WHERE id = :id::uuid
