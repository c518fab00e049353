-- One programme, and how many partner seats are taken today.
SELECT p.id, p.manager_id, p.name, p.region, p.goals, p.target_groups, p.fictional,
       (SELECT count (*) FROM pipeline.seat s
         WHERE s.programme_id = p.id AND s.state = 'taken'
           AND pipeline.dutch_day (:call_now::timestamptz) BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) AS partners,
       p.state, p.version, p.created_at
  FROM pipeline.programme p
 WHERE p.id = ANY (:call_targets::uuid[])
