-- An order that was lapsed is not open.
UPDATE catalog.known_order SET open = false WHERE id = :id::uuid
