-- The seal, and to each opener their part.
WITH ready AS (
    SELECT mine.need_id, mine.buyer_id, first.id AS first_id, second.id AS second_id, a.handler_id, e.id AS escrow_id
    FROM pipeline.opener mine
    JOIN pipeline.opener first ON first.need_id = mine.need_id AND first.state = 'confirmed'
    JOIN pipeline.opener second ON second.need_id = mine.need_id AND second.state = 'confirmed' AND second.id > first.id
    JOIN pipeline.appointment a ON a.buyer_id = mine.buyer_id AND a.state = 'appointed'
    JOIN pipeline.escrow e ON e.handler_id = a.handler_id AND e.state = 'confirmed'
    WHERE mine.id = :id::uuid
), parted AS (
    UPDATE pipeline.opener o
    SET part = CASE WHEN o.id = r.first_id THEN :first_part::text ELSE :second_part::text END
    FROM ready r WHERE o.id IN (r.first_id, r.second_id)
)
INSERT INTO pipeline.seal
    (id, need_id, buyer_id, handler_id, escrow_id, key, platform_part, platform_escrow, escrow_part, created_at)
SELECT :seal_id::uuid, r.need_id, r.buyer_id, r.handler_id, r.escrow_id, :key::text, :platform_part::text,
       :platform_escrow::text, :escrow_part::text, :call_now::timestamptz
FROM ready r
