-- Other points, or other words.
UPDATE pipeline.score SET points = coalesce (:points::jsonb, '[]'), remark = :remark::text
WHERE id = :call_target::uuid AND quote_id = :quote_id::uuid
RETURNING id
