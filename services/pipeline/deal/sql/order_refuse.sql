-- Keeps why the supplier refuses.
UPDATE pipeline.purchase_order SET refuse_reason = :reason::text
WHERE id = :call_target::uuid
RETURNING id
