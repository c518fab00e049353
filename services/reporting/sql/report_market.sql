-- What the market yields: totals, quarters, cities and enterprises. Year and municipality choose
-- deliveries, and with them revenue and buyers; what is on the market now is not of a year.
WITH accepted AS (
    SELECT delivery.*, supplier.name AS supplier_name,
           supplier.municipality AS supplier_municipality, buyer.kind AS buyer_kind
    FROM reporting.delivery
    JOIN reporting.organisation supplier
      ON supplier.id = delivery.supplier_id AND supplier.kind = 'enterprise'
    JOIN reporting.organisation buyer ON buyer.id = delivery.buyer_id
), counted AS (
    SELECT * FROM accepted
    WHERE (:year::int IS NULL OR extract(year FROM accepted_on) = :year::int)
      AND (:municipality::text IS NULL OR municipality = :municipality)
), buyer AS (
    SELECT buyer_id FROM counted
    UNION
    SELECT buyer_id FROM reporting.need
    WHERE (:year::int IS NULL OR extract(year FROM published_on) = :year::int)
      AND (:municipality::text IS NULL OR municipality = :municipality)
), enterprise AS (
    SELECT id, municipality FROM reporting.organisation WHERE kind = 'enterprise' AND admitted
), offer AS (
    SELECT offer.id, enterprise.municipality
    FROM reporting.offer JOIN enterprise ON enterprise.id = offer.supplier_id
), job AS (
    SELECT now.* FROM reporting.job_now now LEFT JOIN reporting.initiative ON initiative.id = now.initiative_id
    WHERE :municipality::text IS NULL OR initiative.municipality = :municipality
), value (name, value) AS (
    SELECT 'revenue', coalesce(sum(accepted_cents), 0)::bigint FROM counted
    UNION ALL SELECT 'deliveries', count(*) FROM counted
    UNION ALL SELECT 'buyers', count(*) FROM buyer
    UNION ALL SELECT 'needs', count(*) FROM reporting.need
    UNION ALL SELECT 'offers', count(*) FROM offer
    UNION ALL SELECT 'enterprises', count(*) FROM enterprise
    UNION ALL SELECT 'stories', count(*) FROM reporting.story
    UNION ALL SELECT 'jobs', coalesce(sum(count), 0)::bigint FROM job
), cell AS (
    SELECT extract(year FROM accepted_on)::int AS year,
           extract(quarter FROM accepted_on)::int AS quarter, buyer_kind,
           sum(accepted_cents)::bigint AS revenue_cents
    FROM counted
    GROUP BY 1, 2, 3
    ORDER BY 1 DESC, 2 DESC, 3
    LIMIT 400
), delivered AS (
    SELECT municipality AS code, sum(accepted_cents)::bigint AS revenue_cents,
           count(DISTINCT buyer_id) AS buyers
    FROM counted GROUP BY municipality
), seated AS (
    SELECT municipality AS code, count(*) AS enterprises FROM enterprise GROUP BY municipality
), shown AS (
    SELECT municipality AS code, count(*) AS offers FROM offer GROUP BY municipality
), network AS (
    SELECT code FROM app.municipality
    WHERE member_from <= (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date
      AND (member_until IS NULL
           OR member_until >= (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date)
), city AS (
    SELECT code, coalesce(known.name, code) AS name, latitude_e5, longitude_e5,
           coalesce(revenue_cents, 0) AS revenue_cents, coalesce(buyers, 0) AS buyers,
           coalesce(enterprises, 0) AS enterprises, coalesce(offers, 0) AS offers
    FROM network
    FULL JOIN delivered USING (code)
    FULL JOIN seated USING (code)
    FULL JOIN shown USING (code)
    LEFT JOIN app.municipality known USING (code)
    ORDER BY revenue_cents DESC, name
    LIMIT 500
), supplier AS (
    SELECT supplier_id, supplier_name AS name, supplier_municipality AS municipality,
           sum(accepted_cents)::bigint AS revenue_cents, count(*) AS deliveries
    FROM counted
    GROUP BY 1, 2, 3
    ORDER BY 4 DESC, 2, 1
    LIMIT 100
)
SELECT position.seq AS as_of_seq, coalesce(position.recorded_at, :call_now::timestamptz) AS as_of,
       (SELECT json_agg(json_build_object(
                   'name', name, 'value', value, 'money', money,
                   'definition', nl, 'definition_en', en) ORDER BY place)
        FROM value JOIN reporting.definition USING (name)) AS figures,
       (SELECT coalesce(json_agg(to_json(cell) ORDER BY year, quarter, buyer_kind), '[]')
        FROM cell) AS quarters,
       (SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
                            'municipality', code, 'name', name,
                            'latitude_e5', latitude_e5, 'longitude_e5', longitude_e5,
                            'revenue_cents', revenue_cents, 'buyers', buyers,
                            'enterprises', enterprises, 'offers', offers))
                        ORDER BY revenue_cents DESC, name), '[]')
        FROM city) AS cities,
       (SELECT coalesce(json_agg(to_json(supplier)
                                 ORDER BY revenue_cents DESC, name, supplier_id), '[]')
        FROM supplier) AS enterprises,
       (SELECT coalesce(json_agg(to_json(total) ORDER BY kind), '[]')
        FROM (SELECT kind, sum(count)::bigint AS count, sum(fte_hundredths)::bigint AS fte_hundredths,
                     count(DISTINCT initiative_id) AS initiatives FROM job GROUP BY kind) total) AS jobs,
       ARRAY (SELECT DISTINCT extract(year FROM accepted_on)::text
              FROM accepted ORDER BY 1 DESC) AS years
FROM reporting.position
