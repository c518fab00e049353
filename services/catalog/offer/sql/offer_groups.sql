-- How many offers each target group has, whatever group is chosen.
SELECT word, count (*) AS count
  FROM catalog.offer o
 CROSS JOIN LATERAL unnest (o.target_groups) AS word
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
 GROUP BY word
 ORDER BY count DESC, word
