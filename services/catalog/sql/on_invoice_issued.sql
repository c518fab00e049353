-- An invoice is open until it is paid or rejected.
INSERT INTO catalog.known_invoice (id, buyer_id, supplier_id, gross_cents, open)
VALUES (:id::uuid, :buyer_id::uuid, :supplier_id::uuid, :gross_cents::bigint, true)
    ON CONFLICT (id) DO NOTHING
