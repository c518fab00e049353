-- Brings the dispute to the state that the step leads to. When it is over nothing is frozen any more; units
-- that were granted to the buyer have gone back.
WITH over AS (
    SELECT d.* FROM pipeline.dispute d
    WHERE d.id = :call_target::uuid AND :call_state::text IN ('final', 'settled', 'withdrawn')
), units AS (
    UPDATE pipeline.order_line l
    SET disputed = l.disputed - o.quantity,
        returned = l.returned + CASE
            WHEN o.raised_by <> o.buyer_id OR :call_state::text = 'withdrawn' THEN 0
            WHEN :call_state::text = 'settled' THEN o.quantity ELSE coalesce (o.upheld, 0) END
    FROM over o WHERE l.id = o.order_line_id
), cents AS (
    UPDATE pipeline.invoice v SET frozen_cents = v.frozen_cents - o.amount_cents
    FROM over o WHERE v.id = o.invoice_id
)
UPDATE pipeline.dispute SET state = :call_state::text, version = version + 1
WHERE id = :call_target::uuid
RETURNING id
