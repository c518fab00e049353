-- What came, as its receipt will say.
UPDATE pipeline.initiative SET content_hash = :content_hash::text WHERE id = :id::uuid RETURNING id
