-- Writes what a change says into its offer; what it leaves out is taken away.
UPDATE catalog.offer o
   SET title = n.title, title_en = n.title_en, description = n.description, description_en = n.description_en,
       kind = n.kind, sector = n.sector, cpv = n.cpv, price_cents = n.price_cents, price_mode = n.price_mode,
       tiers = n.tiers, unit = n.unit, vat = n.vat, lead_days = n.lead_days, capacity = n.capacity,
       national = n.national, region = n.region, goals = n.goals, target_groups = n.target_groups, impact = n.impact,
       documents = n.documents, valid_until = n.valid_until
  FROM catalog.offer_edit c, LATERAL jsonb_populate_record (NULL::catalog.offer, c.proposed) AS n
 WHERE c.id = :call_target::uuid AND o.id = c.offer_id
RETURNING o.id
