-- The market by words and filters; `rank` goes up, and within it the newest comes first.
WITH found AS (
    SELECT o.id, o.supplier_id, s.name AS supplier_name, s.municipality AS supplier_municipality,
           app.municipality_name (s.municipality) AS supplier_municipality_name, o.title,
           o.title_en,
           o.description, o.description_en, o.kind, o.sector, o.cpv, o.price_cents, o.unit, o.vat,
           o.lead_days, o.capacity, o.national, o.region, o.goals, o.target_groups, o.impact,
           o.fictional,
           o.state, s.state AS supplier_state, o.version, o.created_at,
           CASE coalesce (:sort, 'best')
               WHEN 'newest' THEN 0
               WHEN 'cheapest' THEN coalesce (o.price_cents, 'infinity'::float8)
               ELSE -coalesce (ts_rank (o.words, (SELECT catalog.question (:q)))::float8, 0)
           END AS rank
      FROM catalog.offer o
      JOIN catalog.organisation s ON s.id = o.supplier_id
     WHERE (:q::text IS NULL OR o.words @@ (SELECT catalog.question (:q)))
       AND (:municipality::text IS NULL OR o.national OR :municipality = ANY (o.region)
            OR s.municipality = :municipality)
       AND (:supplier_id::uuid IS NULL OR o.supplier_id = :supplier_id::uuid)
       AND (o.state = 'published'
            OR (o.supplier_id = :supplier_id::uuid AND o.supplier_id = app.org ()))
       AND ((cardinality (:sector::text[]) > 0) IS NOT TRUE OR o.sector = ANY (:sector::text[]))
       AND ((cardinality (:goal::text[]) > 0) IS NOT TRUE OR o.goals && :goal::text[])
       AND ((cardinality (:target_group::text[]) > 0) IS NOT TRUE
            OR o.target_groups && :target_group::text[])
)
SELECT id, supplier_id, supplier_name, supplier_municipality, supplier_municipality_name, title,
       title_en, description, description_en, kind, sector, cpv, price_cents, unit, vat, lead_days,
       capacity, national, region, goals, target_groups, impact, fictional, state, supplier_state,
       version, created_at, id::text AS cursor, (SELECT count (*) FROM found) AS total
  FROM found o
 WHERE :call_cursor::text IS NULL
    OR EXISTS (SELECT FROM found c WHERE c.id = catalog.cursor_id (:call_cursor)
                  AND (o.rank > c.rank OR (o.rank = c.rank AND o.id < c.id)))
 ORDER BY rank, id DESC
 LIMIT :call_rows::int
