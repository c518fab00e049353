-- An order is open until all of it was accepted.
UPDATE catalog.known_order
   SET accepted_cents = accepted_cents + :accepted_cents::bigint,
       open = open AND accepted_cents + :accepted_cents::bigint < total_cents
 WHERE id = :order_id::uuid
