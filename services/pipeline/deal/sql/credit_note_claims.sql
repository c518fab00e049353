-- Verified claims on the lines that were credited just now.
SELECT c.id FROM pipeline.impact_claim c
WHERE c.state = 'verified'
  AND c.order_line_id IN (SELECT l.order_line_id FROM pipeline.credit_line l WHERE l.credit_note_id = :call_target::uuid)
ORDER BY c.id
