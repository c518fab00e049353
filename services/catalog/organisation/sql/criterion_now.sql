-- The criterion of that code, if it is in force today.
SELECT code FROM catalog.criterion,
       LATERAL (SELECT (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date AS day) AS today
 WHERE code = :criterion AND valid_from <= day AND coalesce (valid_until, day) >= day
