-- From now on it waits for its order, until its term is over.
UPDATE pipeline.basket SET lapses_at = pipeline.due_ahead ('basket_order', buyer_id, :call_now::timestamptz)
WHERE id = :call_target::uuid
RETURNING id
