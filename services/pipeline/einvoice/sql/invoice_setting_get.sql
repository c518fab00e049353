-- Where the caller's organisation wants invoices besides on the platform: nowhere, unless it said so.
SELECT o.id, s.email, coalesce (s.peppol, false) AS peppol
FROM (SELECT app.org () AS id) o
LEFT JOIN pipeline.invoice_setting s ON s.id = o.id
WHERE o.id = ANY (:call_targets::uuid[])
