-- Fills a basket anew, at the prices of now.
UPDATE pipeline.basket
SET title = coalesce (:title::text, title), reference = :reference::text,
    lines = pipeline.basket_lines (:lines::jsonb, :call_now::timestamptz)
WHERE id = :call_target::uuid
RETURNING id
