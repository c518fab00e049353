-- Open needs in whose CPV groups nobody who takes part offers anything, and enterprises of which nothing was heard for a while. A
-- group is three digits of a code, a division two.
WITH supplier AS (
    SELECT o.id, o.name, o.municipality, o.prompted_on, a.active_on
      FROM reporting.organisation o
      LEFT JOIN reporting.activity a ON a.supplier_id = o.id
     WHERE o.kind = 'enterprise' AND o.admitted
), offered AS (
    SELECT s.id AS supplier_id, f.cpv FROM reporting.offer f JOIN supplier s ON s.id = f.supplier_id WHERE f.cpv IS NOT NULL
), without AS (
    SELECT n.* FROM reporting.open_need n
     WHERE cardinality (n.cpv) > 0
       AND NOT EXISTS (SELECT FROM offered f, unnest (n.cpv) AS asked WHERE left (f.cpv, 3) = left (asked, 3))
), term AS (
    SELECT days FROM reporting.quiet_term
     WHERE since <= (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date
     ORDER BY since DESC LIMIT 1
), quiet AS (
    SELECT s.*, (SELECT count (*) FROM without w
                  WHERE EXISTS (SELECT FROM offered f, unnest (w.cpv) AS asked
                                 WHERE f.supplier_id = s.id AND left (f.cpv, 2) = left (asked, 2))) AS fits
      FROM supplier s, term
     WHERE coalesce (s.active_on, '-infinity') < (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date - term.days
     ORDER BY fits DESC, s.active_on NULLS FIRST, s.id
     LIMIT 200
)
SELECT position.seq AS as_of_seq, coalesce (position.recorded_at, :call_now::timestamptz) AS as_of,
       (SELECT count (*) FROM reporting.open_need) AS open_needs,
       (SELECT count (*) FROM without) AS needs_without,
       coalesce ((SELECT json_agg (json_build_object ('word', code, 'count', count) ORDER BY count DESC, code)
                    FROM (SELECT left (cpv [1], 3) || '00000' AS code, count (*) FROM without GROUP BY 1
                           ORDER BY 2 DESC, 1 LIMIT 200) AS groups), '[]') AS groups,
       coalesce ((SELECT json_agg (json_build_object ('need_id', id, 'title', title, 'municipality', municipality,
                                   'cpv', cpv [1], 'published_on', published_on) ORDER BY published_on, id)
                    FROM (SELECT * FROM without ORDER BY published_on, id LIMIT 200) AS first), '[]') AS needs,
       term.days AS quiet_days,
       coalesce ((SELECT json_agg (json_strip_nulls (json_build_object ('supplier_id', id, 'name', name,
                                   'municipality', municipality, 'active_on', active_on, 'prompted_on', prompted_on,
                                   'fits', fits)) ORDER BY fits DESC, active_on NULLS FIRST, id) FROM quiet), '[]') AS suppliers
  FROM reporting.position, term
