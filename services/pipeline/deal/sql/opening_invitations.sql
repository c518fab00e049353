-- The invitations that they answer.
SELECT i.id
FROM pipeline.opener mine
JOIN pipeline.quote q ON q.need_id = mine.need_id AND q.state IN ('opened', 'excluded')
JOIN pipeline.invitation i ON i.need_id = q.need_id AND i.supplier_id = q.supplier_id
WHERE mine.id = :id::uuid AND i.state = 'sent'
ORDER BY i.id
