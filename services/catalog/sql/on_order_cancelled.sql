-- An order that was cancelled is not open.
UPDATE catalog.known_order SET open = false WHERE id = :id::uuid
