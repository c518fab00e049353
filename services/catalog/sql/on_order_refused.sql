-- An order that was refused is not open.
UPDATE catalog.known_order SET open = false WHERE id = :id::uuid
