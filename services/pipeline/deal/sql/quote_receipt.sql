-- What a receipt says of a quote of the caller's.
SELECT q.id AS quote_id, q.need_id, q.supplier_id, q.revision, q.state, q.received_at, q.quote_deadline,
       q.content_hash, q.seal_key
FROM pipeline.quote_record q
WHERE q.id = :id::uuid AND q.supplier_id = app.org () AND q.content_hash IS NOT NULL
