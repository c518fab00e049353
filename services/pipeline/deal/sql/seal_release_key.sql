-- The handler's key that the seal has a part for.
SELECT e.public_key
FROM pipeline.seal s JOIN pipeline.escrow e ON e.id = s.escrow_id
WHERE s.id = :id::uuid AND s.handler_id = app.org () AND e.handler_id = app.org ()
