-- An offer came on the market.
INSERT INTO reporting.offer (id, supplier_id) VALUES (:id::uuid, :supplier_id::uuid)
