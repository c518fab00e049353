-- Adds and corrects CPV codes, and counts what that changed.
WITH changed AS (
    INSERT INTO catalog.cpv_code AS known (code, name, name_en)
    SELECT DISTINCT ON (code) code, name, name_en
      FROM jsonb_to_recordset (:items::jsonb) AS given (code text, name text, name_en text)
        ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en
     WHERE (known.name, known.name_en) IS DISTINCT FROM (excluded.name, excluded.name_en)
    RETURNING 1
)
SELECT count (*) AS changed, jsonb_array_length (:items::jsonb) - count (*) AS same FROM changed
