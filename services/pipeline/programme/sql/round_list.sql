-- Rounds, newest first.
SELECT r.id, r.programme_id, p.name AS programme_name, r.manager_id, r.number, r.opens_at,
r.closes_at,
       r.present_quota, r.select_min, r.select_max, r.fictional, n.submitted, n.presented,
       n.selected,
       n.at_table, n.realised, r.state, r.version, r.created_at,
       r.id::text AS cursor
  FROM pipeline.round r
  JOIN pipeline.programme p ON p.id = r.programme_id
 CROSS JOIN LATERAL pipeline.round_count (r.id) n
 WHERE (:programme_id::uuid IS NULL OR r.programme_id = :programme_id::uuid)
   AND (:call_cursor::text IS NULL OR r.id < pipeline.cursor_id (:call_cursor))
 ORDER BY r.id DESC
 LIMIT :call_rows::int
