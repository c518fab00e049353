-- A change of an offer of the caller's, with what it was; whether it may be applied at once follows from what differs.
INSERT INTO catalog.offer_edit (id, offer_id, supplier_id, proposed, before, fields, low_risk, fictional, state, created_at)
SELECT :call_id::uuid, o.id, o.supplier_id, after, before, catalog.offer_differs (before, after),
       catalog.is_low_risk (before, after, :call_now::timestamptz), o.fictional, 'pending', :call_now::timestamptz
  FROM catalog.offer o,
       LATERAL (SELECT catalog.offer_text (to_jsonb (o)) AS before, catalog.offer_text (:proposed::jsonb) AS after) AS texts
 WHERE o.id = :offer_id::uuid AND o.supplier_id = :call_org::uuid
RETURNING id
