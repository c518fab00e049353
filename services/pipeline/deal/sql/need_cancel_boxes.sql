-- What was in them nobody has read.
DELETE FROM pipeline.sealed_quote b
WHERE b.need_id = :id::uuid AND EXISTS (SELECT FROM pipeline.seal s WHERE s.need_id = b.need_id AND s.state = 'destroyed')
