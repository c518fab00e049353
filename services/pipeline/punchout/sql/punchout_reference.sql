-- The number of the order is the buyer's reference on each of its parts.
UPDATE pipeline.basket SET reference = :order_id::text WHERE id = :basket_id::uuid RETURNING id
