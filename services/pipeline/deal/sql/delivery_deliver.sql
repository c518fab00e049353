-- The units came: the ledger counts them.
WITH counted AS (
    UPDATE pipeline.order_line ol SET delivered = ol.delivered + l.quantity
    FROM pipeline.delivery_line l
    WHERE l.delivery_id = :call_target::uuid AND ol.id = l.order_line_id
)
UPDATE pipeline.delivery SET delivered_at = :call_now::timestamptz,
    judge_by = pipeline.due_ahead ('deemed_acceptance', buyer_id, :call_now::timestamptz)
WHERE id = :call_target::uuid
RETURNING id
