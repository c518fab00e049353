-- The key that quotes for this need are sealed with (NULL: they are read as they come), and what it asks for.
SELECT s.key, n.spec_lines FROM pipeline.need n LEFT JOIN pipeline.seal s ON s.need_id = n.id WHERE n.id = :need_id::uuid
