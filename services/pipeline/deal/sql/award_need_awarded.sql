-- The need says which quote, and why that one.
UPDATE pipeline.need n
SET awarded_quote_id = a.quote_id,
    motivation = (SELECT r ->> 'motivation' FROM jsonb_array_elements (a.reasons) r WHERE r ->> 'quote_id' = a.quote_id::text)
FROM pipeline.award a
WHERE a.id = :call_target::uuid AND n.id = a.need_id
RETURNING n.id
