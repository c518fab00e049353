-- Municipalities by name: all, those of the network on a day, or those whose name starts so.
SELECT m.code, m.name, m.province, m.latitude_e5, m.longitude_e5, m.member_from, m.member_until
  FROM app.municipality m
 WHERE (:member_on::date IS NULL
        OR :member_on::date BETWEEN m.member_from AND coalesce (m.member_until, 'infinity'))
   AND (:q::text IS NULL
        OR starts_with (catalog.plain_name (m.name), catalog.plain_name (:q))
        OR starts_with (catalog.plain_name (regexp_replace (m.name, '^.s-', '')),
                        catalog.plain_name (:q))
        OR (m.code, true) IN (
               SELECT also.code, starts_with (also.name, catalog.plain_name (:q))
                 FROM (VALUES ('GM0796', 'denbosch'), ('GM0518', 'denhaag')) AS also (code, name)))
 ORDER BY catalog.plain_name (m.name)
 LIMIT 500
