-- Whoever was invited and may still quote, or has quoted.
SELECT i.id FROM pipeline.invitation i
WHERE i.need_id = :id::uuid AND i.state IN ('sent', 'answered')
ORDER BY i.id
