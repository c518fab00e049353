-- One city: its market beside its roadmap. A municipality nobody knows has no report.
WITH city AS (
    SELECT code, name, latitude_e5, longitude_e5 FROM app.municipality WHERE code = :municipality
), here AS (
    SELECT id, kind, admitted FROM reporting.organisation WHERE municipality = :municipality
), delivered AS (
    SELECT coalesce(sum(accepted_cents), 0)::bigint AS revenue_cents,
           count(DISTINCT buyer_id) AS buyers
    FROM reporting.delivery
    JOIN reporting.organisation supplier
      ON supplier.id = delivery.supplier_id AND supplier.kind = 'enterprise'
    WHERE delivery.municipality = :municipality
), enterprise AS (
    SELECT id FROM here WHERE kind = 'enterprise' AND admitted
), theme (theme, place) AS (
    VALUES ('procurement', 1), ('account', 2), ('ecosystem', 3)
)
SELECT position.seq AS as_of_seq, coalesce(position.recorded_at, :call_now::timestamptz) AS as_of,
       json_build_object(
           'municipality', city.code,
           'name', city.name,
           'latitude_e5', city.latitude_e5,
           'longitude_e5', city.longitude_e5,
           'revenue_cents', delivered.revenue_cents,
           'buyers', delivered.buyers,
           'enterprises', (SELECT count(*) FROM enterprise),
           'offers', (SELECT count(*) FROM reporting.offer
                      WHERE supplier_id IN (SELECT id FROM enterprise))) AS figures,
       (SELECT json_agg(json_strip_nulls(json_build_object(
                   'theme', theme, 'level', level, 'as_of', as_of)) ORDER BY place)
        FROM theme
        LEFT JOIN (SELECT * FROM reporting.level WHERE municipality = :municipality) published
            USING (theme)) AS levels,
       (SELECT count(*) FROM reporting.story WHERE city_id IN (SELECT id FROM here)) AS stories,
       (SELECT count(*) FROM reporting.adoption WHERE city_id IN (SELECT id FROM here)) AS adopted,
       (SELECT count(*) FROM reporting.adoption
        WHERE story_city_id IN (SELECT id FROM here)) AS adopted_by_others
FROM city, delivered, reporting.position
