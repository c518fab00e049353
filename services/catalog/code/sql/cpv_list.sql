-- CPV codes, best first. The lower the cost the better: an everyday word or the code itself, then a
-- word of the name, the end of a compound, its beginning, and what English or a part of a word says;
-- short names and high levels first. Only when all that fails, what has the same root or begins
-- alike; and then what looks alike. Without a question: the divisions.
WITH asked AS (
    SELECT catalog.question (:q) AS question, lower (btrim (:q)) AS typed,
           catalog.whole_words ('catalog.nl', :q) AS dutch, catalog.as_end (btrim (:q)) AS ending
), everyday AS (
    SELECT s.digits, min (length (s.word)) AS cost
      FROM catalog.cpv_synonym s, asked
     WHERE to_tsvector ('catalog.nl', s.word) @@ asked.question
     GROUP BY s.digits
), direct AS (
    SELECT c.code, CASE
               WHEN typed IS NULL OR starts_with (c.code, typed) THEN length (c.stem)
               WHEN e.digits IS NOT NULL THEN e.cost - 100
               WHEN to_tsvector ('catalog.nl', c.name) @@ dutch THEN length (c.name) + 10 * length (c.stem)
               WHEN lower (c.name) ~ ending THEN length (c.name) + 10 * length (c.stem) + 20
               WHEN strpos (' ' || lower (c.name), ' ' || typed) > 0 THEN length (c.name) + 10 * length (c.stem) + 30
               WHEN c.words @@ question THEN length (c.name) + 10 * length (c.stem) + 50
               ELSE length (c.name) + 10 * length (c.stem) + 60
           END AS cost
      FROM catalog.cpv_code c
      LEFT JOIN everyday e USING (digits), asked
     WHERE CASE WHEN typed IS NULL THEN length (c.stem) = 2
                ELSE e.digits IS NOT NULL OR starts_with (c.code, typed) OR c.words @@ question
                     OR length (typed) > 3 AND strpos (lower (c.name), typed) > 0 END
), begins AS MATERIALIZED (
    SELECT '\m' || catalog.root (typed) AS root, catalog.known_start (typed) AS start
      FROM asked
     WHERE NOT EXISTS (SELECT FROM direct)
), related AS MATERIALIZED (
    SELECT c.code, length (c.name) + 10 * length (c.stem) + CASE WHEN lower (c.name) ~ root THEN 0 ELSE 40 END AS cost
      FROM catalog.cpv_code c, begins
     WHERE lower (c.name) ~ root OR c.words @@ start
), alike AS MATERIALIZED (
    SELECT c.code, length (c.name) AS size, catalog.likeness (typed, c.name) AS likeness
      FROM catalog.cpv_code c, asked
     WHERE NOT EXISTS (SELECT FROM direct) AND NOT EXISTS (SELECT FROM related)
), best AS (
    SELECT code, cost FROM direct
     UNION ALL
    SELECT code, cost FROM related
     UNION ALL
    SELECT code, size - 200 * likeness FROM alike WHERE likeness >= 0.6
     ORDER BY cost, code
     LIMIT coalesce (:limit::int, 20)
)
SELECT c.code, c.name, c.name_en, parent.name AS parent_name
  FROM best
  JOIN catalog.cpv_code c USING (code)
  LEFT JOIN LATERAL (
      SELECT above.name
        FROM generate_series (2, length (c.stem) - 1) AS size
        JOIN catalog.cpv_code above ON above.digits = rpad (left (c.stem, size), 8, '0')
       ORDER BY size DESC
       LIMIT 1) AS parent ON true
 ORDER BY best.cost, c.code
