-- Brings the dispute to the state that the step leads to. When it is over nothing is frozen any more: accepted
-- units that were granted to the buyer have gone back, rejected ones that were granted to the supplier are accepted.
WITH over AS (
    SELECT d.*, CASE :call_state::text WHEN 'withdrawn' THEN 0 WHEN 'settled' THEN d.quantity
                ELSE coalesce (d.upheld, 0) END AS granted
    FROM pipeline.dispute d
    WHERE d.id = :call_target::uuid AND :call_state::text IN ('final', 'settled', 'withdrawn')
), units AS (
    UPDATE pipeline.order_line l
    SET disputed = l.disputed - CASE WHEN o.delivery_id IS NULL THEN o.quantity ELSE 0 END,
        returned = l.returned + CASE WHEN o.raised_by = o.buyer_id THEN o.granted ELSE 0 END,
        contested = l.contested - CASE WHEN o.delivery_id IS NULL THEN 0 ELSE o.quantity END,
        rejected = l.rejected - CASE WHEN o.delivery_id IS NULL THEN 0 ELSE o.granted END,
        accepted = l.accepted + CASE WHEN o.delivery_id IS NULL THEN 0 ELSE o.granted END
    FROM over o WHERE l.id = o.order_line_id
), rejected AS (
    UPDATE pipeline.delivery_line l
    SET contested = l.contested - o.quantity, rejected = l.rejected - o.granted, accepted = l.accepted + o.granted,
        reject_reason = CASE WHEN l.rejected > o.granted THEN l.reject_reason END
    FROM over o WHERE l.delivery_id = o.delivery_id AND l.order_line_id = o.order_line_id
), cents AS (
    UPDATE pipeline.invoice v SET frozen_cents = v.frozen_cents - o.amount_cents
    FROM over o WHERE v.id = o.invoice_id
)
UPDATE pipeline.dispute SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
