-- What was handed in and not taken back, in the order in which it came.
SELECT q.id, q.need_id, q.supplier_id, q.revision, q.content_hash, b.box, s.key
FROM pipeline.opener mine
JOIN pipeline.seal s ON s.need_id = mine.need_id
JOIN pipeline.quote q ON q.need_id = mine.need_id AND q.state = 'submitted' AND q.sealed
JOIN pipeline.sealed_quote b ON b.quote_id = q.id
WHERE mine.id = :id::uuid
ORDER BY q.received_at, q.id
