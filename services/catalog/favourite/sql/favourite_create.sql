-- An offer or an enterprise that the caller can see, on a list of their organisation; the list is held, so that it is kept.
WITH list AS (
    SELECT id FROM catalog.favourite_list WHERE id = :list_id::uuid AND organisation_id = :call_org::uuid FOR NO KEY UPDATE
)
INSERT INTO catalog.favourite (id, list_id, organisation_id, offer_id, supplier_id, title, supplier_name, note, added_by, state,
                               created_at)
SELECT :call_id::uuid, l.id, :call_org::uuid, o.id, s.id, coalesce (o.title, s.name), s.name, :note, :call_account::uuid,
       'listed', :call_now::timestamptz
  FROM list l, catalog.organisation s
  LEFT JOIN catalog.offer o ON o.id = :offer_id::uuid
 WHERE s.id = coalesce (o.supplier_id, :supplier_id::uuid)
RETURNING id
