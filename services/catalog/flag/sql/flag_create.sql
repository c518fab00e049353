-- A report by the caller's organisation, of an offer or an organisation that it can see.
INSERT INTO catalog.flag (id, reporter_id, reported_id, offer_id, organisation_id, subject, ground, text, state, created_at)
SELECT :call_id::uuid, :call_org::uuid, s.id, :offer_id::uuid, :organisation_id::uuid, coalesce (o.title, s.name), :ground,
       :text, 'received', :call_now::timestamptz
  FROM catalog.organisation s
  LEFT JOIN catalog.offer o ON o.id = :offer_id::uuid
 WHERE s.id = coalesce (o.supplier_id, :organisation_id::uuid)
RETURNING id
