-- The keys of both openers and of the handler, once both have their codes and there is no seal yet.
SELECT first.public_key AS first_key, second.public_key AS second_key, e.public_key AS escrow_key
FROM pipeline.opener mine
JOIN pipeline.opener first ON first.need_id = mine.need_id AND first.state = 'confirmed'
JOIN pipeline.opener second ON second.need_id = mine.need_id AND second.state = 'confirmed' AND second.id > first.id
JOIN pipeline.appointment a ON a.buyer_id = mine.buyer_id AND a.state = 'appointed'
JOIN pipeline.escrow e ON e.handler_id = a.handler_id AND e.state = 'confirmed'
WHERE mine.id = :id::uuid AND NOT EXISTS (SELECT FROM pipeline.seal s WHERE s.need_id = mine.need_id)
