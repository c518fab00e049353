-- Verified claims on the line of which units were granted to the buyer.
SELECT c.id FROM pipeline.dispute d
JOIN pipeline.impact_claim c ON c.order_line_id = d.order_line_id AND c.state = 'verified'
WHERE d.id = :call_target::uuid AND d.raised_by = d.buyer_id AND (d.state = 'settled' OR d.upheld > 0)
ORDER BY c.id
