-- The buyer did not answer in time: every unit that came counts as accepted.
WITH judged AS (
    UPDATE pipeline.delivery_line SET accepted = quantity, rejected = 0
    WHERE delivery_id = :call_target::uuid
    RETURNING order_line_id, accepted
), counted AS (
    UPDATE pipeline.order_line ol SET accepted = ol.accepted + j.accepted
    FROM judged j
    WHERE ol.id = j.order_line_id
)
UPDATE pipeline.delivery SET judged_at = :call_now::timestamptz, deemed_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
