-- Sets where the caller's organisation wants invoices besides on the platform.
INSERT INTO pipeline.invoice_setting (id, email, peppol)
VALUES (:id::uuid, :email::text, coalesce (:peppol::boolean, false))
ON CONFLICT (id) DO UPDATE SET email = excluded.email, peppol = excluded.peppol
RETURNING id, email, peppol
