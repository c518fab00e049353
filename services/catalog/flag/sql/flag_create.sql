-- A report by the caller's organisation, of an offer, an organisation or a review that it can see.
INSERT INTO catalog.flag (id, reporter_id, reported_id, offer_id, organisation_id, review_id, subject, ground, text, state, created_at)
SELECT :call_id::uuid, :call_org::uuid, s.id, :offer_id::uuid, :organisation_id::uuid, :review_id::uuid,
       coalesce (o.title, s.name), :ground, :text, 'received', :call_now::timestamptz
  FROM catalog.organisation s
  LEFT JOIN catalog.offer o ON o.id = :offer_id::uuid
  LEFT JOIN catalog.deal_review r ON r.id = :review_id::uuid
 WHERE s.id = coalesce (o.supplier_id, r.reviewer_id, :organisation_id::uuid)
RETURNING id
