-- Holds the deal of an order of the caller's until this transaction ends.
SELECT pg_advisory_xact_lock (hashtextextended ('review ' || coalesce (k.need_id, k.id)::text, 0))
  FROM catalog.known_order k
 WHERE k.id = :order_id::uuid AND :call_org::uuid IN (k.buyer_id, k.supplier_id)
