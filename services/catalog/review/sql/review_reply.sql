-- What the reviewed side answers.
UPDATE catalog.deal_review SET reply = :reply, replied_at = :call_now::timestamptz WHERE id = :call_target::uuid
RETURNING id
