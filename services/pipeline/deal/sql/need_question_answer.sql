-- Keeps the answer.
UPDATE pipeline.need_question SET answer = :answer::text, answered_at = :call_now::timestamptz
WHERE id = :call_target::uuid
RETURNING id
