-- Keeps why, and counts every unit as one that will not come: nothing of it was on its way.
WITH counted AS (
    UPDATE pipeline.order_line SET cancelled = ordered WHERE order_id = :call_target::uuid
)
UPDATE pipeline.purchase_order SET cancel_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
