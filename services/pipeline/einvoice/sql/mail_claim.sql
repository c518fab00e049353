-- Documents that are due by mail, for as long as this transaction lasts. What waited for days, as where
-- there was no mail server, is on the platform and not mailed any more.
SELECT h.id, h.due_at, CASE WHEN s.email IS NULL THEN 'off' ELSE 'now' END AS frequency, s.email, ''::text AS token
FROM pipeline.hand_over h
LEFT JOIN pipeline.invoice_setting s ON s.id = h.buyer_id
WHERE h.way = 'mail' AND h.ended IS NULL AND h.try_at <= now () AND h.due_at > now () - interval '4 days'
ORDER BY h.try_at
LIMIT 10
FOR UPDATE OF h SKIP LOCKED
