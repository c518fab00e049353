-- An invoice is open until all of it is paid.
UPDATE catalog.known_invoice
   SET paid_cents = paid_cents + :amount_cents::bigint,
       open = open AND paid_cents + :amount_cents::bigint < gross_cents
 WHERE id = :invoice_id::uuid
