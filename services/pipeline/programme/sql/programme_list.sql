-- Programmes by name.
SELECT p.id, p.manager_id, p.name, p.region, p.goals, p.target_groups, p.fictional,
       (SELECT count (*) FROM pipeline.seat s
         WHERE s.programme_id = p.id AND s.state = 'taken'
           AND pipeline.dutch_day (:call_now::timestamptz) BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) AS partners,
       p.state, p.version, p.created_at,
       p.id::text AS cursor
  FROM pipeline.programme p
 WHERE :call_cursor::text IS NULL
    OR (lower (p.name), p.id)
       > (SELECT lower (c.name), c.id FROM pipeline.programme c
           WHERE c.id = pipeline.cursor_id (:call_cursor))
 ORDER BY lower (p.name), p.id
 LIMIT :call_rows::int
