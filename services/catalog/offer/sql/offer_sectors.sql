-- How many offers each sector has, whatever sector is chosen.
SELECT o.sector AS word, count (*) AS count
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
   AND ((cardinality (:goal::text[]) > 0) IS NOT TRUE OR o.goals && :goal::text[])
   AND ((cardinality (:target_group::text[]) > 0) IS NOT TRUE
        OR o.target_groups && :target_group::text[])
 GROUP BY o.sector
 ORDER BY count DESC, word
