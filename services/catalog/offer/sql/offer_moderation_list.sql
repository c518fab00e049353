-- Offers that wait for a moderator, and those that one hid; the one that waits longest first.
WITH found AS (
    SELECT o.id FROM catalog.offer o
     WHERE o.state IN ('submitted', 'hidden') AND (:supplier_id::uuid IS NULL OR o.supplier_id = :supplier_id::uuid)
)
SELECT o.id, o.supplier_id, s.name AS supplier_name, s.municipality AS supplier_municipality, o.title, o.title_en,
       o.description, o.description_en, o.kind, o.sector, o.cpv, o.price_cents, o.price_mode, o.tiers, o.unit, o.vat,
       o.lead_days, o.capacity, o.national, o.region, o.goals, o.target_groups, o.impact, o.documents, o.valid_until,
       o.fictional, catalog.is_tied (o.supplier_id) AS tied, o.state, s.state AS supplier_state, o.version, o.created_at,
       o.id::text AS cursor, (SELECT count (*) FROM found) AS total
  FROM found f
  JOIN catalog.offer o USING (id)
  JOIN catalog.organisation s ON s.id = o.supplier_id
 WHERE :call_cursor::text IS NULL OR o.id > catalog.cursor_id (:call_cursor)
 ORDER BY o.id
 LIMIT :call_rows::int
