-- How many offers each sector, target group and goal has, whatever is chosen of its own kind.
WITH found AS (
    SELECT o.sector, o.target_groups, o.goals,
           (cardinality (:sector::text[]) > 0) IS NOT TRUE OR o.sector = ANY (:sector::text[]) AS in_sector,
           (cardinality (:target_group::text[]) > 0) IS NOT TRUE
               OR coalesce (o.target_groups && :target_group::text[], false) AS in_group,
           (cardinality (:goal::text[]) > 0) IS NOT TRUE OR coalesce (o.goals && :goal::text[], false) AS in_goal
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
), counted AS (
    SELECT 'sectors' AS facet, sector AS word, count (*) AS count
      FROM found WHERE in_group AND in_goal GROUP BY sector
    UNION ALL
    SELECT 'groups', word, count (*)
      FROM found CROSS JOIN LATERAL unnest (target_groups) AS word WHERE in_sector AND in_goal GROUP BY word
    UNION ALL
    SELECT 'goals', word, count (*)
      FROM found CROSS JOIN LATERAL unnest (goals) AS word WHERE in_sector AND in_group GROUP BY word
)
SELECT facet, word, count FROM counted ORDER BY facet, count DESC, word
