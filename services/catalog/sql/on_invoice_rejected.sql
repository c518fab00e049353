-- An invoice that was rejected is not open.
UPDATE catalog.known_invoice SET open = false WHERE id = :id::uuid
