-- A review by one side of the deal of an order. Until when follows from what the other side wrote, or else from the last
-- delivery that was accepted.
WITH deal AS (
    SELECT d.*, coalesce (other.reveal_at, d.accepted_at + catalog.term_of ('review', :call_now::timestamptz)) AS reveal_at
      FROM (SELECT coalesce (k.need_id, k.id) AS deal_id, k.buyer_id, k.supplier_id,
                   (SELECT max (o.accepted_at) FROM catalog.known_order o
                     WHERE coalesce (o.need_id, o.id) = coalesce (k.need_id, k.id) AND o.buyer_id = k.buyer_id
                       AND o.supplier_id = k.supplier_id) AS accepted_at
              FROM catalog.known_order k
             WHERE k.id = :order_id::uuid AND :call_org::uuid IN (k.buyer_id, k.supplier_id)) AS d
      LEFT JOIN catalog.review_side other ON other.deal_id = d.deal_id AND other.reviewed_id = :call_org::uuid
), side AS (
    INSERT INTO catalog.review_side (deal_id, reviewer_id, reviewed_id, reveal_at)
    SELECT deal_id, :call_org::uuid, CASE WHEN buyer_id = :call_org::uuid THEN supplier_id ELSE buyer_id END, reveal_at
      FROM deal
    RETURNING deal_id, reviewed_id
)
INSERT INTO catalog.deal_review (id, order_id, deal_id, reviewer_id, reviewed_id, side, stars, text, reveal_at, fictional, state,
                            created_at)
SELECT :call_id::uuid, :order_id::uuid, s.deal_id, :call_org::uuid, s.reviewed_id,
       CASE WHEN d.buyer_id = :call_org::uuid THEN 'buyer' ELSE 'supplier' END, :stars, :text, d.reveal_at,
       (SELECT o.fictional FROM catalog.organisation o WHERE o.id = :call_org::uuid), 'waiting', :call_now::timestamptz
  FROM side s JOIN deal d USING (deal_id)
RETURNING id
