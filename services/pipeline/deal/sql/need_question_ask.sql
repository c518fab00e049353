-- A question of the caller's about a need that it can see; who asks is kept apart from what is told.
INSERT INTO pipeline.need_question (id, need_id, buyer_id, asker_id, text, created_at)
SELECT :call_id::uuid, n.id, n.buyer_id, :call_org::uuid, :text::text, :call_now::timestamptz
FROM pipeline.need n
WHERE n.id = :need_id::uuid
RETURNING id
