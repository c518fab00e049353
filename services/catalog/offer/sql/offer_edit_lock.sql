-- Holds a change while it moves, and its offer.
SELECT 1 FROM catalog.offer_edit c JOIN catalog.offer o ON o.id = c.offer_id
 WHERE c.id = :call_target::uuid FOR UPDATE
