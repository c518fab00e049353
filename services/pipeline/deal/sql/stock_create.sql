-- Counts an offer of the caller's from now on.
INSERT INTO pipeline.stock (id, offer_id, supplier_id, units, fictional, created_at)
SELECT :call_id::uuid, k.id, k.supplier_id, :units::bigint, coalesce (:fictional::boolean, false), :call_now::timestamptz
FROM pipeline.known_offer k
WHERE k.id = :offer_id::uuid AND k.supplier_id = :call_org::uuid
RETURNING id
