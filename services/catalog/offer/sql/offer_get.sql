-- One offer with its supplier, as far as the caller may see it.
SELECT o.id, o.supplier_id, s.name AS supplier_name, s.municipality AS supplier_municipality,
       (SELECT m.name FROM app.municipality m WHERE m.code = s.municipality) AS supplier_municipality_name, o.title, o.title_en,
       o.description, o.description_en, o.kind, o.sector, o.cpv, o.price_cents, o.price_mode, o.tiers, o.unit, o.vat,
       o.lead_days, o.capacity, o.national, o.region, o.goals, o.target_groups, o.impact, o.documents, o.valid_until,
       o.fictional, o.decision,
       (o.valid_until + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam' AS expires_at,
       (SELECT c.id FROM catalog.offer_edit c WHERE c.offer_id = o.id AND c.state = 'pending') AS pending_change,
       catalog.is_tied (o.supplier_id) AS tied,
       o.state, s.state AS supplier_state, o.version, o.created_at
  FROM catalog.offer o
  JOIN catalog.organisation s ON s.id = o.supplier_id
 WHERE o.id = ANY (:call_targets::uuid[])
