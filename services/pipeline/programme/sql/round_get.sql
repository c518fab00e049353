-- One round, and how many initiatives came how far.
SELECT r.id, r.programme_id, p.name AS programme_name, r.manager_id, r.number, r.opens_at,
r.closes_at,
       r.present_quota, r.select_min, r.select_max, r.fictional, n.submitted, n.presented,
       n.selected,
       n.at_table, n.realised, r.state, r.version, r.created_at
  FROM pipeline.round r
  JOIN pipeline.programme p ON p.id = r.programme_id
 CROSS JOIN LATERAL pipeline.round_count (r.id) n
 WHERE r.id = ANY (:call_targets::uuid[])
