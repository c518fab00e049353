-- The market by words and filters; `rank` goes up, and within it the newest comes first. What is
-- shown is read for the page only.
WITH found AS (
    SELECT o.id,
           CASE coalesce (:sort, 'best')
               WHEN 'newest' THEN 0
               WHEN 'cheapest' THEN coalesce (o.price_cents, 'infinity'::float8)
               ELSE -coalesce (ts_rank (o.words, (SELECT catalog.question (:q)))::float8, 0)
           END AS rank
      FROM catalog.offer o
     WHERE (:q::text IS NULL OR o.words @@ (SELECT catalog.question (:q)))
       AND (:municipality::text IS NULL OR o.national OR :municipality = ANY (o.region)
            OR o.supplier_id IN (SELECT s.id FROM catalog.organisation s
                                  WHERE s.municipality = :municipality))
       AND (:price_max_cents::bigint IS NULL OR o.price_cents <= :price_max_cents::bigint)
       AND (:lead_days_max::bigint IS NULL OR o.lead_days <= :lead_days_max::bigint)
       AND (:supplier_id::uuid IS NULL OR o.supplier_id = :supplier_id::uuid)
       AND (o.state = 'published'
            OR (o.supplier_id = :supplier_id::uuid AND o.supplier_id = app.org ()))
       AND ((cardinality (:sector::text[]) > 0) IS NOT TRUE OR o.sector = ANY (:sector::text[]))
       AND ((cardinality (:goal::text[]) > 0) IS NOT TRUE OR o.goals && :goal::text[])
       AND ((cardinality (:target_group::text[]) > 0) IS NOT TRUE
            OR o.target_groups && :target_group::text[])
), page AS (
    SELECT f.id, f.rank
      FROM found f
     WHERE :call_cursor::text IS NULL
        OR EXISTS (SELECT FROM found c
                    WHERE c.id = catalog.cursor_id (:call_cursor)
                      AND (f.rank > c.rank OR (f.rank = c.rank AND f.id < c.id)))
     ORDER BY f.rank, f.id DESC
     LIMIT :call_rows::int
)
SELECT o.id, o.supplier_id, s.name AS supplier_name, s.municipality AS supplier_municipality,
       (SELECT m.name FROM app.municipality m WHERE m.code = s.municipality) AS supplier_municipality_name, o.title, o.title_en,
       o.description, o.description_en, o.kind, o.sector, o.cpv, o.price_cents, o.price_mode, o.tiers, o.unit, o.vat,
       o.lead_days, o.capacity, o.national, o.region, o.goals, o.target_groups, o.impact, o.documents, o.valid_until,
       (SELECT c.id FROM catalog.offer_edit c WHERE c.offer_id = o.id AND c.state = 'pending') AS pending_change,
       o.decision, o.fictional, o.state, s.state AS supplier_state, o.version, o.created_at,
       o.id::text AS cursor, (SELECT count (*) FROM found) AS total
  FROM page
  JOIN catalog.offer o USING (id)
  JOIN catalog.organisation s ON s.id = o.supplier_id
 ORDER BY page.rank, o.id DESC
