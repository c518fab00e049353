-- The basket that an order is about.
SELECT id FROM pipeline.basket WHERE id = :id::uuid
