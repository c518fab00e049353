-- A judgement of a quote for a need of the caller's; one per person and quote, afresh when an award became void.
INSERT INTO pipeline.score (id, need_id, quote_id, buyer_id, account_id, round, points, remark, created_at)
SELECT :call_id::uuid, q.need_id, q.id, q.buyer_id, :call_account::uuid, r.round, coalesce (:points::jsonb, '[]'), :remark::text,
       :call_now::timestamptz
FROM pipeline.quote q JOIN pipeline.score_round r ON r.need_id = q.need_id
WHERE q.id = :quote_id::uuid AND q.buyer_id = :call_org::uuid AND (NOT q.sealed OR q.opened_at IS NOT NULL)
RETURNING id
