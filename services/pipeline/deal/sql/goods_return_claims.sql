-- Verified claims on the lines of which units go back.
SELECT c.id FROM pipeline.impact_claim c
WHERE c.state = 'verified' AND c.order_line_id IN (
    SELECT l.order_line_id FROM jsonb_to_recordset (:lines::jsonb) AS l (order_line_id uuid))
ORDER BY c.id
