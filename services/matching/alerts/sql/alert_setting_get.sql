-- How the caller's organisation gets its letters by mail: not, unless it said so.
SELECT o.id, coalesce (s.frequency, 'off') AS frequency, s.email, s.kinds
  FROM (SELECT app.org () AS id) o
  LEFT JOIN matching.alert_setting s ON s.id = o.id
 WHERE o.id = ANY (:call_targets::uuid[])
