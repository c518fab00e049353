-- An offer came on the market, and its enterprise was heard of.
WITH heard AS (SELECT reporting.heard_of (:supplier_id::uuid, :event_time::timestamptz))
INSERT INTO reporting.offer (id, supplier_id, cpv)
SELECT :id::uuid, :supplier_id::uuid, :cpv::text FROM heard
