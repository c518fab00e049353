-- The caller's connected system by that credential.
SELECT * FROM pipeline.purchase_system_record
WHERE domain = :domain::text AND identity = :identity::text AND state = 'connected' AND buyer_id = app.org ()
