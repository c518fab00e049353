-- The criteria that are in force on a day.
SELECT code, name, name_en, source, valid_from, valid_until, code AS cursor
  FROM catalog.criterion,
       LATERAL (SELECT coalesce (:on::date, (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date) AS day) AS asked
 WHERE valid_from <= day AND coalesce (valid_until, day) >= day
 ORDER BY code
 LIMIT 100
