-- A search of the caller's organisation.
SELECT id, organisation_id, kind, words, municipality, sectors, target_groups, cpv, state, version, created_at,
       (SELECT count (*) FROM matching.profile o WHERE o.organisation_id = app.org () AND o.state = 'kept') AS kept
  FROM matching.profile WHERE id = ANY (:call_targets::uuid[])
