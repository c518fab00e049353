-- Adds and corrects municipalities; the rows are those that changed.
INSERT INTO app.municipality AS known (code, name, province, latitude_e5, longitude_e5)
SELECT DISTINCT ON (code) code, name, province, latitude_e5, longitude_e5
  FROM jsonb_to_recordset (:items::jsonb)
       AS given (code text, name text, province text, latitude_e5 integer, longitude_e5 integer)
    ON CONFLICT (code) DO UPDATE
       SET name = excluded.name, province = excluded.province, latitude_e5 = excluded.latitude_e5,
           longitude_e5 = excluded.longitude_e5, version = known.version + 1
 WHERE (known.name, known.province, known.latitude_e5, known.longitude_e5)
       IS DISTINCT FROM (excluded.name, excluded.province, excluded.latitude_e5,
                         excluded.longitude_e5)
RETURNING code, name, province, latitude_e5, longitude_e5, member_from, member_until
