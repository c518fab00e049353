-- The organisation whose members change, if it is the caller's own.
SELECT id, kind FROM catalog.organisation WHERE id = :id::uuid AND id = app.org ()
