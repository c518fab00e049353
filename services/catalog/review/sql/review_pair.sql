-- Both reviews of the deal, if both wait; in one order, whoever wrote last.
SELECT r.id
  FROM catalog.deal_review own
  JOIN catalog.deal_review r ON r.deal_id = own.deal_id AND r.state = 'waiting'
   AND own.reviewer_id IN (r.reviewer_id, r.reviewed_id) AND own.reviewed_id IN (r.reviewer_id, r.reviewed_id)
 WHERE own.id = :call_id::uuid
   AND EXISTS (SELECT FROM catalog.deal_review other
                WHERE other.deal_id = own.deal_id AND other.state = 'waiting' AND other.reviewer_id = own.reviewed_id
                  AND other.reviewed_id = own.reviewer_id)
 ORDER BY r.id
