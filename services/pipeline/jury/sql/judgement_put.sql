-- Other scores, or other words.
UPDATE pipeline.judgement
SET scores = :scores::jsonb, confidence = :confidence::bigint, remark = :remark::text, abstain = :abstain::boolean
WHERE id = :call_target::uuid
RETURNING id
