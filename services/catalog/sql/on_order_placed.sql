-- Two organisations deal with each other, and something is open between them.
INSERT INTO catalog.known_order (id, need_id, buyer_id, supplier_id, total_cents, open)
VALUES (:id::uuid, :need_id::uuid, :buyer_id::uuid, :supplier_id::uuid, :total_cents::bigint, true)
    ON CONFLICT (id) DO NOTHING
