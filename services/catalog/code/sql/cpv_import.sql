-- Adds and corrects CPV codes; the rows are those that changed, with everyday words for them.
INSERT INTO catalog.cpv_code AS known (code, name, name_en, everyday)
SELECT DISTINCT ON (code) code, name, name_en,
       ARRAY (SELECT s.word FROM catalog.cpv_synonym s WHERE s.digits = left (code, 8) ORDER BY s.word)
  FROM jsonb_to_recordset (:items::jsonb) AS given (code text, name text, name_en text)
    ON CONFLICT (code) DO UPDATE
       SET name = excluded.name, name_en = excluded.name_en, everyday = excluded.everyday
 WHERE (known.name, known.name_en, known.everyday) IS DISTINCT FROM (excluded.name, excluded.name_en, excluded.everyday)
RETURNING code, name, name_en, everyday AS words
