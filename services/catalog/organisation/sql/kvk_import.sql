-- Loads entries of the trade register; answers those that are new or different.
INSERT INTO catalog.kvk_register AS known (number, name, legal_form, ended_on)
SELECT number, name, legal_form, ended_on
  FROM jsonb_to_recordset (:items::jsonb) AS given (number text, name text, legal_form text, ended_on date)
    ON CONFLICT (number) DO UPDATE
   SET name = excluded.name, legal_form = excluded.legal_form, ended_on = excluded.ended_on
 WHERE (known.name, known.legal_form, known.ended_on)
       IS DISTINCT FROM (excluded.name, excluded.legal_form, excluded.ended_on)
RETURNING number
