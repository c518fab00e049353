-- The invitation that this quote answers, if there is one that waits; a sealed quote answers it at the opening.
SELECT i.id
FROM pipeline.quote q
JOIN pipeline.invitation i ON i.need_id = q.need_id AND i.supplier_id = q.supplier_id
WHERE q.id = :id::uuid AND i.state = 'sent' AND NOT q.sealed
