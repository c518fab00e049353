-- Documents that are due at the access point, for as long as this transaction lasts.
SELECT h.id, coalesce (s.peppol, false) AS wanted
FROM pipeline.hand_over h
LEFT JOIN pipeline.invoice_setting s ON s.id = h.buyer_id
WHERE h.way = 'peppol' AND h.ended IS NULL AND h.try_at <= now () AND h.due_at > now () - interval '4 days'
ORDER BY h.try_at
LIMIT 10
FOR UPDATE OF h SKIP LOCKED
