-- The caller's organisation appoints another one.
INSERT INTO pipeline.appointment (id, buyer_id, handler_id, created_at)
SELECT :call_id::uuid, :call_org::uuid, o.id, :call_now::timestamptz
FROM pipeline.known_organisation o WHERE o.id = :handler_id::uuid AND o.id <> :call_org::uuid
RETURNING id
