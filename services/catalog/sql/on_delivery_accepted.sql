-- An order is open until all of it was accepted; since the last time that something was, both sides may review.
UPDATE catalog.known_order
   SET accepted_cents = accepted_cents + :accepted_cents::bigint,
       accepted_at = CASE WHEN :accepted_cents::bigint > 0 THEN :judged_at::timestamptz ELSE accepted_at END,
       open = open AND accepted_cents + :accepted_cents::bigint < total_cents
 WHERE id = :order_id::uuid
