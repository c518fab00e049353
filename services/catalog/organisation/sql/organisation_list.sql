-- Organisations by name: the admitted ones, and those that the caller may see besides.
WITH found AS (
    SELECT * FROM catalog.organisation o
     WHERE (:kind::text IS NULL OR o.kind = :kind)
       AND (:municipality::text IS NULL OR o.municipality = :municipality)
       AND (:q::text IS NULL
            OR strpos (lower (o.name), lower (:q)) > 0
            OR strpos (lower (o.mission), lower (:q)) > 0)
)
SELECT o.id, o.name, o.kind, o.kvk_number, o.municipality,
       (SELECT m.name FROM app.municipality m WHERE m.code = o.municipality) AS municipality_name, o.mission, o.website, o.goals,
       o.target_groups, o.staff, o.staff_target_group, o.labels,
       o.street, o.house_number, o.postcode, o.city, o.country, o.vat_number, o.oin, o.iban,
       o.payment_days, o.fictional, o.state, o.version,
       o.created_at,
       o.id::text AS cursor, (SELECT count (*) FROM found) AS total
  FROM found o
 WHERE :call_cursor::text IS NULL
    OR (lower (o.name), o.id)
       > (SELECT lower (c.name), c.id FROM catalog.organisation c
           WHERE c.id = catalog.cursor_id (:call_cursor))
 ORDER BY lower (o.name), o.id
 LIMIT :call_rows::int
