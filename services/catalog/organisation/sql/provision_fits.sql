-- Whether a provisional admission ends after today and within its term.
SELECT 1 FROM (SELECT (:call_now::timestamptz AT TIME ZONE 'Europe/Amsterdam')::date AS day) AS today
 WHERE :until::date > day AND :until::date <= day + catalog.term_of ('provisional', :call_now::timestamptz)
